// Loaded before the first paint, so that a reader who chose a theme never sees the other one flash.
{
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const theme = localStorage.getItem("portal-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {}
}
