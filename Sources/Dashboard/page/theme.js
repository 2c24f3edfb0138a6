// Read before anything is drawn, so that nobody who prefers the dark sees a flash of light.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const chosen = () => {
    try { return localStorage.getItem("muster-theme"); } catch { return null; }
  };
  const apply = () => { root.dataset.theme = chosen() ?? (dark.matches ? "dark" : "light"); };
  dark.addEventListener("change", apply);
  window.musterTheme = {
    get choice() { return chosen() ?? "system"; },
    next() {
      const order = ["system", "light", "dark"];
      const next = order[(order.indexOf(this.choice) + 1) % order.length];
      try {
        if (next === "system") localStorage.removeItem("muster-theme");
        else localStorage.setItem("muster-theme", next);
      } catch { /* a browser that keeps nothing shows what the system prefers */ }
      apply();
      return next;
    },
  };
  apply();
})();
