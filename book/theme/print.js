// On paper nothing can be unfolded: open what is folded, and fold it again after.
(() => {
    let opened = [];
    window.addEventListener("beforeprint", () => {
        opened = [...document.querySelectorAll("details:not([open])")];
        opened.forEach((details) => { details.open = true; });
    });
    window.addEventListener("afterprint", () => {
        opened.forEach((details) => { details.open = false; });
    });
})();
