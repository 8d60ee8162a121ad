() => {
  // What is wrong with how this page lies on the screen now, as sentences: sideways scrolling, small targets, cut words, weak contrast.
  const wrong = [];
  const name = (el) => `${el.tagName.toLowerCase()}${Object.keys(el.dataset).map((key) => `[${key}]`).join("")} "${(el.textContent || el.getAttribute("name") || "").trim().slice(0, 30)}"`;
  const shown = (el) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && el.getClientRects().length > 0 && !el.closest(".out-of-sight");
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const widest = [...document.body.querySelectorAll("*")].filter(shown).sort((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right)[0];
    wrong.push(`scrolls sideways, ${root.scrollWidth} in ${root.clientWidth}, because of ${name(widest)}`);
  }

  for (const el of document.querySelectorAll("button, a[href], summary, input:not([type=hidden]), select, textarea")) {
    const box = /^(radio|checkbox)$/.test(el.type) ? el.labels[0] : el;
    if (!box || !shown(box)) continue;
    const { width, height } = box.getBoundingClientRect();
    if (width < 47.5 || height < 47.5) wrong.push(`${Math.round(width)}×${Math.round(height)} is too small to touch: ${name(box)}`);
    if (box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).display !== "inline") wrong.push(`words cut off: ${name(box)}`);
  }

  const rgba = (text) => { const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number); return [r, g, b, a]; };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const ground = (el) => {
    if (!el) return [255, 255, 255, 1];
    const own = rgba(getComputedStyle(el).backgroundColor);
    return own[3] >= 1 ? own : over(own, ground(el.parentElement));
  };
  const light = (color) => color.slice(0, 3).map((c) => c / 255).map((c) => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const ratio = (a, b) => { const [low, high] = [light(a), light(b)].sort((x, y) => x - y); return (high + .05) / (low + .05); };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (texts.nextNode()) {
    const el = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || seen.has(el) || !shown(el) || el.closest(":disabled, [aria-busy=true], template, script")) continue;
    seen.add(el);
    const back = ground(el);
    let opacity = 1;
    for (let each = el; each; each = each.parentElement) opacity *= Number(getComputedStyle(each).opacity);
    const ink = over([...rgba(getComputedStyle(el).color).slice(0, 3), opacity * rgba(getComputedStyle(el).color)[3]], back);
    if (ratio(ink, back) < 7) wrong.push(`contrast ${ratio(ink, back).toFixed(2)} of ${name(el)}`);
  }
  for (const el of document.querySelectorAll(".button, .field input, .field textarea, .choice label")) {
    const style = getComputedStyle(el);
    if (!shown(el) || el.matches(".plain, :disabled")) continue;
    const outside = ground(el.parentElement);
    const edge = parseFloat(style.borderTopWidth) > 0 ? ratio(rgba(style.borderTopColor), outside) : 1;
    if (Math.max(edge, ratio(ground(el), outside)) < 3) wrong.push(`edge contrast ${edge.toFixed(2)} of ${name(el)}`);
  }
  return wrong;
}
