// A formula that is wider than its place is set in smaller type, down to a size that can
// still be read. Wide formulas, tables and listings then scroll in their own place: let
// the keyboard reach those that do, and only those.
(() => {
    const SMALLEST = 0.55;
    const boxes = document.querySelectorAll(".katex-display, .table-wrapper, main pre > code");
    const fitted = new Map();
    const fit = (box) => {
        // Its own change of height comes back here; a new width is what asks for more.
        if (fitted.get(box) === box.clientWidth) return;
        box.style.fontSize = "";
        if (box.scrollWidth > box.clientWidth + 1) {
            const share = Math.max(SMALLEST, box.clientWidth / box.scrollWidth - 0.01);
            box.style.fontSize = `${share}em`;
        }
        fitted.set(box, box.clientWidth);
    };
    const mark = (box) => {
        if (box.clientWidth > 0 && box.classList.contains("katex-display")) fit(box);
        if (box.scrollWidth > box.clientWidth + 1) {
            box.tabIndex = 0;
        } else {
            box.removeAttribute("tabindex");
        }
    };
    const watcher = new ResizeObserver((entries) => entries.forEach((entry) => mark(entry.target)));
    boxes.forEach((box) => watcher.observe(box));
    // Letters that came later have other widths.
    document.fonts?.ready.then(() => {
        fitted.clear();
        boxes.forEach(mark);
    });
})();
