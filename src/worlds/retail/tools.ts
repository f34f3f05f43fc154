import { z } from "zod";
import type { Json } from "../../base/index.ts";
import type { ToolModule } from "../../runtime/index.ts";
import { requireSameData } from "../data-files.ts";
import { define, required } from "../define.ts";
import { commonTools, ServiceOptions, ServiceSpec } from "../service.ts";
import {
  cancelOrder,
  exchangeItems,
  modifyAddress,
  modifyItems,
  modifyPayment,
  modifyUserAddress,
  returnItems,
} from "./actions.ts";
import {
  findOrder,
  findUser,
  readRetail,
  retailFiles,
  retailWorld,
  type RetailData,
  type RetailWorld,
} from "./data.ts";

const order_id = z.string().min(1);
const user_id = z.string().min(1);
const payment_method_id = z.string().min(1);
const item_ids = z.array(z.string());
const lines = {
  address1: z.string(),
  address2: z.string(),
  city: z.string(),
  state: z.string(),
  country: z.string(),
  zip: z.string(),
};
const swap = z.strictObject({ order_id, item_ids, new_item_ids: item_ids, payment_method_id });

/**
 * The service desk of a shop, after tau-bench (Yao et al. 2024): sixteen tools on orders, products and users. Tools enforce an order's status and
 * the payment; the shop's other rules are for the agent to keep. A task's world is `{ data, script }`.
 */
export function retail(options: Readonly<Record<string, Json>>): ToolModule {
  const { folder, user } = ServiceOptions.parse(options);
  let data: RetailData | undefined;
  return {
    version: `1 ${user}`,
    tools: [
      define(
        "write",
        "cancel_pending_order",
        "Cancel a pending order.",
        z.strictObject({ order_id, reason: z.enum(["no longer needed", "ordered by mistake"]) }),
        cancelOrder,
      ),
      define("write", "exchange_delivered_order_items", "Exchange items of a delivered order.", swap, exchangeItems),
      define("write", "modify_pending_order_items", "Change items of a pending order, once.", swap, modifyItems),
      define(
        "write",
        "modify_pending_order_address",
        "Change where a pending order goes.",
        z.strictObject({ order_id, ...lines }),
        modifyAddress,
      ),
      define(
        "write",
        "modify_pending_order_payment",
        "Change how a pending order is paid.",
        z.strictObject({ order_id, payment_method_id }),
        modifyPayment,
      ),
      define(
        "write",
        "modify_user_address",
        "Change a user's address.",
        z.strictObject({ user_id, ...lines }),
        modifyUserAddress,
      ),
      define(
        "write",
        "return_delivered_order_items",
        "Return items of a delivered order.",
        z.strictObject({ order_id, item_ids, payment_method_id }),
        returnItems,
      ),
      define(
        "read",
        "find_user_id_by_email",
        "A user's id by email.",
        z.strictObject({ email: z.string() }),
        (world: RetailWorld, { email }) =>
          findId(world, (candidate) => candidate.email.toLowerCase() === email.toLowerCase()),
      ),
      define(
        "read",
        "find_user_id_by_name_zip",
        "A user's id by name and zip code.",
        z.strictObject({ first_name: z.string(), last_name: z.string(), zip: z.string() }),
        (world: RetailWorld, { first_name, last_name, zip }) => {
          const wanted = `${first_name} ${last_name} ${zip}`.toLowerCase();
          return findId(
            world,
            ({ name, address }) => `${name.first_name} ${name.last_name} ${address.zip}`.toLowerCase() === wanted,
          );
        },
      ),
      define("read", "get_order_details", "An order.", z.strictObject({ order_id }), (world: RetailWorld, args) =>
        findOrder(world, args.order_id),
      ),
      define(
        "read",
        "get_product_details",
        "A product and its items.",
        z.strictObject({ product_id: z.string() }),
        (world: RetailWorld, { product_id }) => required(world.products.get(product_id), "There is no such product."),
      ),
      define("read", "get_user_details", "A user.", z.strictObject({ user_id }), (world: RetailWorld, args) =>
        findUser(world, args.user_id),
      ),
      define(
        "read",
        "list_all_product_types",
        "All products and their ids.",
        z.strictObject({}),
        (world: RetailWorld) =>
          Object.fromEntries([...world.products.values()].map(({ name, product_id }) => [name, product_id])),
      ),
      ...commonTools(user),
    ],
    createWorld: (spec) => {
      const { data: identity, script } = ServiceSpec.parse(spec);
      if (data === undefined) {
        requireSameData(folder, retailFiles, identity);
        data = readRetail(folder);
      }
      return retailWorld(data, script);
    },
  };
}

function findId(world: RetailWorld, fits: (user: ReturnType<typeof findUser>) => boolean): string {
  return required(
    world.userIds.find((id) => fits(findUser(world, id))),
    "There is no such user.",
  );
}
