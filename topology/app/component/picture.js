// Shows the SVG, reports what is picked and how wide the page is. `data.svg` is made by topology.view.teammap.
const TARGET = "[data-team], [data-member], [data-card], [data-tie]";
const teamOf = (target) => target.dataset.team ?? target.dataset.member;
const idOf = (target) =>
  teamOf(target) ?? (target.dataset.tie ? `tie:${target.dataset.tie}` : `card:${target.dataset.card}`);

export default function ({ data, parentElement, setStateValue }) {
  const host = parentElement.querySelector(".map");
  if (host.shown !== data.svg) {
    const focused = host.getRootNode().activeElement?.closest?.(TARGET);
    const { scrollLeft } = host;
    host.innerHTML = data.svg;
    host.shown = data.svg;
    host.scrollLeft = scrollLeft;
    if (focused) {
      [...host.querySelectorAll(TARGET)].find((one) => idOf(one) === idOf(focused))?.focus({ preventScroll: true });
    }
  }

  // A pick carries a count, so that the same team can be picked twice in a row.
  const pick = (id) => {
    host.picks = (host.picks ?? 0) + 1;
    setStateValue("pick", { id, count: host.picks });
  };
  const toggle = (target) => pick(!target.dataset.card && idOf(target) === data.selected ? "" : idOf(target));

  host.onclick = (event) => {
    const target = event.target.closest(TARGET);
    if (target) toggle(target);
  };
  host.onkeydown = (event) => {
    const target = event.target.closest(TARGET);
    if (event.key === "Escape" && data.escapes) pick("");
    if (target && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      toggle(target);
    }
  };

  // A matrix marks the row and the column of the cell under the pointer.
  host.onmouseover = (event) => {
    const cell = event.target.closest("[data-row]");
    const picture = host.querySelector("svg[data-size]");
    if (!picture) return;
    const { left, head, size } = picture.dataset;
    for (const [mark, axis, begin, index] of [[".across", "y", head, cell?.dataset.row], [".down", "x", left, cell?.dataset.column]]) {
      const band = picture.querySelector(mark);
      band.setAttribute("visibility", cell ? "visible" : "hidden");
      if (cell) band.setAttribute(axis, Number(begin) + Number(index) * Number(size));
    }
  };

  // A dialog that closes leaves the focus nowhere: it goes back to what is selected, for who has only a keyboard.
  host.selected = data.selected;
  clearInterval(host.returning);
  host.returning = setInterval(() => {
    if (document.querySelector('[role="dialog"]')) {
      host.dialog = true;
    } else if (host.dialog) {
      host.dialog = false;
      const target = [...host.querySelectorAll(TARGET)].find((one) => idOf(one) === host.selected);
      if (document.activeElement === document.body) target?.focus({ preventScroll: true });
    }
  }, 250);

  let waiting;
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry.contentRect.width / 20) * 20;
    clearTimeout(waiting);
    if (width >= 200 && width !== data.width) waiting = setTimeout(() => setStateValue("width", width), 150);
  });
  observer.observe(host);
  return () => {
    observer.disconnect();
    clearInterval(host.returning);
  };
}
