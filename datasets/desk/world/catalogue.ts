export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  /** List price in EUR cents. */
  readonly price: number;
}

const lines: readonly (readonly [sku: string, name: string, category: string, price: number])[] = [
  ["KET-210", "Kestrel kettle", "kettles", 5490],
  ["KET-340", "Gooseneck kettle", "kettles", 7990],
  ["TOA-115", "Duo toaster", "toasters", 4290],
  ["TOA-420", "Long-slot toaster", "toasters", 6850],
  ["GRI-075", "Burr coffee grinder", "coffee", 11900],
  ["GRI-020", "Hand coffee grinder", "coffee", 4950],
  ["PRE-600", "French press", "coffee", 3290],
  ["MOK-300", "Moka pot", "coffee", 2790],
  ["MUG-004", "Set of four mugs", "tableware", 2450],
  ["PLA-612", "Dinner plate set", "tableware", 8900],
  ["BOW-230", "Salad bowl", "tableware", 1990],
  ["GLA-006", "Set of wine glasses", "tableware", 3650],
  ["PAN-240", "Cast-iron pan", "pans", 6990],
  ["PAN-280", "Non-stick pan", "pans", 4590],
  ["POT-500", "Stock pot", "pans", 7450],
  ["WOK-320", "Carbon steel wok", "pans", 5950],
  ["KNI-180", "Chef's knife", "knives", 8450],
  ["KNI-090", "Paring knife", "knives", 1890],
  ["BOA-450", "Maple chopping board", "knives", 3990],
  ["SCA-005", "Kitchen scale", "tools", 2990],
  ["THE-110", "Roast thermometer", "tools", 1750],
  ["MIX-700", "Stand mixer", "machines", 24900],
  ["BLE-120", "Stick blender", "machines", 5790],
  ["JUI-330", "Citrus juicer", "machines", 6290],
  ["WAF-220", "Waffle iron", "machines", 5350],
  ["LUN-050", "Steel lunch box", "storage", 2190],
  ["JAR-008", "Set of preserving jars", "storage", 1650],
  ["BRE-400", "Bread bin", "storage", 3490],
  ["APR-010", "Linen apron", "textiles", 2990],
  ["TOW-005", "Pack of tea towels", "textiles", 2290],
];

export const products: readonly Product[] = lines.map(([sku, name, category, price]) => ({
  sku,
  name,
  category,
  price,
}));
