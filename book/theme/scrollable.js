// Wide formulas, tables and listings scroll in their own place. Let the keyboard
// reach those that do, and only those.
(() => {
    const boxes = document.querySelectorAll(".katex-display, .table-wrapper, main pre > code");
    const mark = (box) => {
        if (box.scrollWidth > box.clientWidth) {
            box.tabIndex = 0;
        } else {
            box.removeAttribute("tabindex");
        }
    };
    const watcher = new ResizeObserver((entries) => entries.forEach((entry) => mark(entry.target)));
    boxes.forEach((box) => watcher.observe(box));
})();
