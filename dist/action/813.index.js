export const id = 813;
export const ids = [813];
export const modules = {

/***/ 9813:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  renderHtml: () => (/* binding */ renderHtml)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/report/escape.js
var report_escape = __webpack_require__(2527);
// EXTERNAL MODULE: ./lib/report/json.js
var json = __webpack_require__(7406);
;// CONCATENATED MODULE: ./lib/report/html/assets.js
// Written by `npm run page` from src/report/html/page/.
const SCRIPT = "(function() {\n\n// src/port-ranges.ts\n\tconst LAST_PORT = 65535;\n\tconst ALL_PORTS = {\n\t\tfrom: 1,\n\t\tto: LAST_PORT\n\t};\n\tfunction mergeRanges(ranges) {\n\t\tconst merged = [];\n\t\tconst isSorted = ranges.every(({ from }, index) => index === 0 || ranges[index - 1].from <= from);\n\t\tfor (const range of isSorted ? ranges : ranges.toSorted((a, b) => a.from - b.from)) {\n\t\t\tconst last = merged.at(-1);\n\t\t\tif (last && range.from <= last.to + 1) last.to = Math.max(last.to, range.to);\n\t\t\telse merged.push({ ...range });\n\t\t}\n\t\treturn merged;\n\t}\n\tfunction subtractRanges(ranges, others) {\n\t\tconst taken = mergeRanges(others);\n\t\tconst left = [];\n\t\tlet next = 0;\n\t\tfor (const { from, to } of mergeRanges(ranges)) {\n\t\t\tlet start = from;\n\t\t\twhile (next < taken.length && taken[next].to < start) next++;\n\t\t\tfor (let index = next; start <= to; index++) {\n\t\t\t\tconst cut = taken[index];\n\t\t\t\tif (!cut || cut.from > to) {\n\t\t\t\t\tleft.push({\n\t\t\t\t\t\tfrom: start,\n\t\t\t\t\t\tto\n\t\t\t\t\t});\n\t\t\t\t\tbreak;\n\t\t\t\t}\n\t\t\t\tif (cut.from > start) left.push({\n\t\t\t\t\tfrom: start,\n\t\t\t\t\tto: cut.from - 1\n\t\t\t\t});\n\t\t\t\tstart = Math.max(start, cut.to + 1);\n\t\t\t}\n\t\t}\n\t\treturn left;\n\t}\n\n// src/numbers.ts\n\tfunction formatNumber(value) {\n\t\treturn value.toLocaleString(\"en-US\");\n\t}\n\n// src/report/alike-hosts.ts\n\tconst NUMBERED = /^(?:(\\d+\\.\\d+\\.\\d+\\.)(\\d{1,3})()|([^.:]*?)(\\d{1,6})([^\\d.:]*(?:\\.[^:]*)?))$/;\n\tfunction nameHosts(names, most) {\n\t\treturn nameRuns(listHostRuns(names), most);\n\t}\n\tfunction nameRuns(runs, most) {\n\t\tconst left = runs.slice(most).reduce((sum, { hosts }) => sum + hosts, 0);\n\t\treturn [...runs.slice(0, most).map(({ name }) => name), ...left > 0 ? [`and ${formatNumber(left)} more`] : []].join(\", \");\n\t}\n\tfunction listHostRuns(names) {\n\t\tconst series = /* @__PURE__ */ new Map();\n\t\tconst singles = /* @__PURE__ */ new Map();\n\t\tfor (const name of new Set(names)) {\n\t\t\tconst [, net, octet, , head, number, tail] = NUMBERED.exec(name) ?? [];\n\t\t\tconst digits = octet ?? number;\n\t\t\tif (digits === void 0 || String(Number(digits)) !== digits) {\n\t\t\t\tsingles.set(name, void 0);\n\t\t\t\tcontinue;\n\t\t\t}\n\t\t\tconst before = net ?? head ?? \"\";\n\t\t\tconst after = tail ?? \"\";\n\t\t\tconst key = JSON.stringify([\n\t\t\t\tbefore,\n\t\t\t\tafter,\n\t\t\t\tnet !== void 0\n\t\t\t]);\n\t\t\tconst known = series.get(key);\n\t\t\tif (known) known.numbers.push(Number(digits));\n\t\t\telse series.set(key, {\n\t\t\t\tbefore,\n\t\t\t\tafter,\n\t\t\t\tnumbers: [Number(digits)]\n\t\t\t});\n\t\t}\n\t\treturn [...[...series.values()].flatMap(({ before, after, numbers }) => listRuns(numbers).map(([from, to]) => ({\n\t\t\tname: nameRun(before, from, to, after),\n\t\t\thosts: to - from + 1\n\t\t}))), ...[...singles.keys()].map((name) => ({\n\t\t\tname,\n\t\t\thosts: 1\n\t\t}))];\n\t}\n\tfunction nameRun(before, from, to, after) {\n\t\tif (from === to) return `${before}${from}${after}`;\n\t\treturn /^\\d+\\.\\d+\\.\\d+\\.$/.test(before) && after === \"\" ? `${before}${from}-${to}` : `${before}{${from}..${to}}${after}`;\n\t}\n\tfunction listRuns(numbers) {\n\t\tconst runs = [];\n\t\tfor (const number of numbers.sort((a, b) => a - b)) {\n\t\t\tconst last = runs.at(-1);\n\t\t\tif (last && number === last[1] + 1) last[1] = number;\n\t\t\telse runs.push([number, number]);\n\t\t}\n\t\treturn runs;\n\t}\n\n// src/report/closing.ts\n\tconst MOST_HOSTS = 3;\n\tfunction titleClosings(port, hosts) {\n\t\tconst names = nameHosts(hosts, MOST_HOSTS);\n\t\treturn `Commands that close port ${port}${names && ` on ${names}`}: one of these`;\n\t}\n\tconst MAY_LOCK_OUT = \"This may lock you out of the host: have another way in first.\";\n\tconst NO_CONTAINER = \"it does not close what a container publishes, see Docker below\";\n\tfunction listClosings(port) {\n\t\tconst original = `-m conntrack --ctdir ORIGINAL --ctorigdstport ${port}`;\n\t\tconst revoke = \"aws ec2 revoke-security-group-ingress --group-id GROUP\";\n\t\treturn [\n\t\t\t{\n\t\t\t\twhere: \"nftables: containers too, until the next start\",\n\t\t\t\tcommand: [\n\t\t\t\t\t\"nft '\",\n\t\t\t\t\t\"add table inet portgate\",\n\t\t\t\t\t\"add chain inet portgate early { type filter hook prerouting priority -300; }\",\n\t\t\t\t\t`add rule inet portgate early iif != lo fib daddr type local tcp dport ${port} drop'`\n\t\t\t\t].join(\"\\n\")\n\t\t\t},\n\t\t\t{\n\t\t\t\twhere: `ufw: ${NO_CONTAINER}`,\n\t\t\t\tcommand: `ufw prepend deny ${port}/tcp`\n\t\t\t},\n\t\t\t{\n\t\t\t\twhere: `firewalld: ${NO_CONTAINER}`,\n\t\t\t\tcommand: [`firewall-cmd --permanent --add-rich-rule='rule port port=\"${port}\" protocol=\"tcp\" drop'`, \"firewall-cmd --reload\"].join(\"\\n\")\n\t\t\t},\n\t\t\t{\n\t\t\t\twhere: \"AWS security group: the rules for everybody, of IPv4 and IPv6\",\n\t\t\t\tcommand: [\n\t\t\t\t\t`${revoke} --protocol tcp --port ${port} --cidr 0.0.0.0/0`,\n\t\t\t\t\t`${revoke} --ip-permissions \\\\`,\n\t\t\t\t\t`  'IpProtocol=tcp,FromPort=${port},ToPort=${port},Ipv6Ranges=[{CidrIpv6=::/0}]'`\n\t\t\t\t].join(\"\\n\")\n\t\t\t},\n\t\t\t{\n\t\t\t\twhere: \"Google Cloud\",\n\t\t\t\tcommand: [`gcloud compute firewall-rules create deny-${port} --network=NETWORK --priority=100 \\\\`, `  --direction=INGRESS --action=DENY --rules=tcp:${port}`].join(\"\\n\")\n\t\t\t},\n\t\t\t{\n\t\t\t\twhere: \"Azure NSG\",\n\t\t\t\tcommand: [\n\t\t\t\t\t\"az network nsg rule create --resource-group GROUP --nsg-name NSG --priority 100 \\\\\",\n\t\t\t\t\t`  --name deny-${port} --direction Inbound --access Deny --protocol Tcp \\\\`,\n\t\t\t\t\t`  --destination-port-ranges ${port}`\n\t\t\t\t].join(\"\\n\")\n\t\t\t},\n\t\t\t{\n\t\t\t\twhere: \"Kubernetes Service: none outside the cluster\",\n\t\t\t\tcommand: `kubectl patch service NAME --patch '{\"spec\":{\"type\":\"ClusterIP\"}}'`\n\t\t\t},\n\t\t\t{\n\t\t\t\twhere: \"Kubernetes NetworkPolicy: it allows and cannot deny, so it allows all else; other policies add to it\",\n\t\t\t\tcommand: `kubectl apply --filename - <<'END'\\n${renderNetworkPolicy(port)}\\nEND`\n\t\t\t},\n\t\t\t{\n\t\t\t\twhere: \"Docker: a port that a container publishes, until the next start\",\n\t\t\t\tcommand: [\"iptables\", \"ip6tables\"].map((program) => `${program} -I DOCKER-USER -p tcp ${original} -j DROP`).join(\"\\n\")\n\t\t\t},\n\t\t\t{\n\t\t\t\twhere: \"Docker, published anew: this host only\",\n\t\t\t\tcommand: `docker run --publish 127.0.0.1:${port}:${port} IMAGE`\n\t\t\t}\n\t\t];\n\t}\n\tfunction renderNetworkPolicy(port) {\n\t\tconst others = subtractRanges([ALL_PORTS], [{\n\t\t\tfrom: port,\n\t\t\tto: port\n\t\t}]);\n\t\treturn [\n\t\t\t\"apiVersion: networking.k8s.io/v1\",\n\t\t\t\"kind: NetworkPolicy\",\n\t\t\t`metadata: { name: close-${port} }`,\n\t\t\t\"spec:\",\n\t\t\t\"  podSelector: { matchLabels: { app: NAME } }\",\n\t\t\t\"  policyTypes: [Ingress]\",\n\t\t\t\"  ingress:\",\n\t\t\t\"    - from: [{ podSelector: {} }]\",\n\t\t\t\"    - ports:\",\n\t\t\t...others.map(({ from, to }) => `        - { protocol: TCP, port: ${from}, endPort: ${to} }`),\n\t\t\t\"        - { protocol: UDP, port: 1, endPort: 65535 }\"\n\t\t].join(\"\\n\");\n\t}\n\n// src/report/html/page/dom.ts\n\tfunction make(tag, attributes = {}, ...children) {\n\t\tconst element = document.createElement(tag);\n\t\tfor (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);\n\t\tappend(element, children);\n\t\treturn element;\n\t}\n\tfunction append(element, children) {\n\t\telement.append(...children.filter((child) => child !== void 0 && child !== false));\n\t}\n\tfunction prose(text) {\n\t\tconst parts = text.split(\"`\");\n\t\tif (parts.length % 2 === 0) return [document.createTextNode(text)];\n\t\treturn parts.map((part, index) => index % 2 === 1 ? make(\"code\", {}, part) : document.createTextNode(part));\n\t}\n\tfunction link(text, address) {\n\t\tif (!address?.startsWith(\"https://\") && !address?.startsWith(\"http://\")) return document.createTextNode(text);\n\t\treturn make(\"a\", {\n\t\t\thref: address,\n\t\t\trel: \"noreferrer noopener\"\n\t\t}, text);\n\t}\n\tfunction copyable(code, name) {\n\t\tconst block = make(\"pre\", {\n\t\t\ttabindex: \"0\",\n\t\t\trole: \"group\",\n\t\t\t\"aria-label\": name\n\t\t}, make(\"code\", {}, code));\n\t\tconst button = make(\"button\", {\n\t\t\ttype: \"button\",\n\t\t\tclass: \"copy\",\n\t\t\t\"aria-label\": `Copy ${name}`\n\t\t}, \"Copy\");\n\t\tbutton.addEventListener(\"click\", async () => {\n\t\t\tbutton.textContent = await copy(code, block) ? \"Copied\" : \"Press Ctrl+C\";\n\t\t\tsetTimeout(() => {\n\t\t\t\tbutton.textContent = \"Copy\";\n\t\t\t}, 2e3);\n\t\t});\n\t\treturn make(\"div\", { class: \"copyable\" }, block, button);\n\t}\n\tasync function copy(text, block) {\n\t\ttry {\n\t\t\tawait navigator.clipboard.writeText(text);\n\t\t\treturn true;\n\t\t} catch {\n\t\t\tgetSelection()?.selectAllChildren(block);\n\t\t\treturn document.execCommand(\"copy\");\n\t\t}\n\t}\n\n// src/report/html/page/card.ts\n\tconst FEW_PLACES = 12;\n\tconst FEW_EXPLANATIONS = 3;\n\tconst MOST_PLACES = 2e3;\n\tconst NOVELTIES$1 = {\n\t\tnew: \"new\",\n\t\tknown: \"known\",\n\t\t\"not-seen-before\": \"not seen before\"\n\t};\n\tfunction makeCard(data, findings, isOpen) {\n\t\tconst [first] = findings;\n\t\tconst { severity, kind } = first;\n\t\tconst details = make(\"details\", isOpen ? { open: \"\" } : {}, make(\"summary\", {}, \"Why, and what to do\"));\n\t\tconst fill = () => {\n\t\t\tif (details.open && details.childElementCount === 1) append(details, explain(data, findings));\n\t\t};\n\t\tif (isOpen) fill();\n\t\telse details.addEventListener(\"toggle\", fill);\n\t\tconst badges = [\n\t\t\tmake(\"span\", { class: `badge ${severity}` }, severity),\n\t\t\tkind !== \"violation\" && make(\"span\", { class: \"badge\" }, kind),\n\t\t\tfirst.novelty && make(\"span\", { class: `badge ${first.novelty}` }, NOVELTIES$1[first.novelty])\n\t\t];\n\t\treturn make(\"article\", { class: `card ${severity}${first.fails ? \" fails\" : \"\"}` }, make(\"h3\", {}, ...badges, make(\"span\", {}, ...prose(first.message), sayMore(findings.length))), describe$2(data, first, findings.length), findings.length > 1 && listPlaces(findings), details);\n\t}\n\tfunction sayMore(length) {\n\t\treturn length > 1 ? ` And ${(length - 1).toLocaleString(\"en-US\")} more like it.` : \"\";\n\t}\n\tfunction describe$2(data, first, length) {\n\t\tconst facts = [\n\t\t\tlink(first.id, data.pages[first.id]),\n\t\t\tlength > 1 && `${length.toLocaleString(\"en-US\")} times`,\n\t\t\tfirst.state,\n\t\t\tfirst.kind !== \"note\" && !first.fails && \"does not fail the check\",\n\t\t\tfirst.novelty === \"known\" && first.since && `since ${first.since}${first.fails ? \", still fails\" : \"\"}`,\n\t\t\tfirst.place && link(first.place, first.link)\n\t\t].filter((fact) => fact !== void 0 && fact !== false && fact !== \"\");\n\t\treturn make(\"p\", { class: \"facts\" }, ...facts.flatMap((fact, index) => index > 0 ? [\" · \", fact] : [fact]));\n\t}\n\tfunction listPlaces(findings) {\n\t\tconst list = make(\"ul\", { class: \"places\" });\n\t\tconst show = (from, to) => append(list, findings.slice(from, to).map(({ where, place }) => make(\"li\", {}, where || place || \"this run\")));\n\t\tshow(0, FEW_PLACES);\n\t\tconst left = findings.length - FEW_PLACES;\n\t\tif (left > 0) {\n\t\t\tconst button = make(\"button\", { type: \"button\" }, `and ${left.toLocaleString(\"en-US\")} more`);\n\t\t\tconst last = make(\"li\", {}, button);\n\t\t\tbutton.addEventListener(\"click\", () => {\n\t\t\t\tlast.remove();\n\t\t\t\tshow(FEW_PLACES, MOST_PLACES);\n\t\t\t\tconst hidden = findings.length - MOST_PLACES;\n\t\t\t\tif (hidden > 0) list.append(make(\"li\", {}, `and ${hidden.toLocaleString(\"en-US\")} more; filter by host to see them`));\n\t\t\t});\n\t\t\tlist.append(last);\n\t\t}\n\t\treturn list;\n\t}\n\tfunction explain({ texts }, findings) {\n\t\tconst [{ allow, close, sources = [] }] = findings;\n\t\tconst text = (index) => texts[index] ?? \"\";\n\t\tconst pages = sources.map((index) => make(\"li\", {}, link(text(index), text(index))));\n\t\treturn [\n\t\t\t...listExplanations(findings, text),\n\t\t\t...allow === void 0 ? [] : [make(\"p\", {}, \"For the policy, if it is meant to be open:\"), copyable(text(allow), \"the line for the policy\")],\n\t\t\t...close === void 0 ? [] : [makeClosings(close, findings)],\n\t\t\t...pages.length > 0 ? [make(\"p\", {}, \"Sources\"), make(\"ul\", { class: \"sources\" }, ...pages)] : []\n\t\t];\n\t}\n\tfunction listExplanations(findings, text) {\n\t\tconst firsts = /* @__PURE__ */ new Map();\n\t\tfor (const finding of findings) {\n\t\t\tconst { explanation = 0 } = finding;\n\t\t\tif (!firsts.has(explanation)) firsts.set(explanation, finding);\n\t\t}\n\t\tconst shown = [...firsts.values()].slice(0, FEW_EXPLANATIONS);\n\t\tconst left = firsts.size - shown.length;\n\t\treturn [...shown.flatMap(({ where, why, remedy }) => {\n\t\t\tconst place = firsts.size > 1 ? `on ${where} ` : \"\";\n\t\t\treturn [make(\"p\", {}, make(\"strong\", {}, `Why ${place}`), ...prose(text(why))), make(\"p\", {}, make(\"strong\", {}, \"Remedy \"), ...prose(text(remedy)))];\n\t\t}), ...left > 0 ? [make(\"p\", {}, `${left.toLocaleString(\"en-US\")} more are explained otherwise; filter by host to see how.`)] : []];\n\t}\n\tfunction makeClosings(port, findings) {\n\t\tconst here = findings.filter(({ close }) => close === port);\n\t\tconst details = make(\"details\", { class: \"closings\" }, make(\"summary\", {}, titleClosings(port, here.flatMap(({ host }) => host ?? []))));\n\t\tdetails.addEventListener(\"toggle\", () => {\n\t\t\tif (!details.open || details.childElementCount > 1) return;\n\t\t\tif (here.some(({ wayIn }) => wayIn)) details.append(make(\"p\", {}, MAY_LOCK_OUT));\n\t\t\tfor (const { where, command } of listClosings(port)) details.append(make(\"h4\", {}, where), copyable(command, `the command for ${where.replace(/:.*/, \"\")}`));\n\t\t});\n\t\treturn details;\n\t}\n\n// src/report/html/page/controls.ts\n\tconst KINDS = {\n\t\tviolation: \"Violations\",\n\t\tdoubt: \"Doubts\",\n\t\tnote: \"Notes\"\n\t};\n\tconst NOVELTIES = {\n\t\tnew: \"New\",\n\t\tknown: \"Known\",\n\t\t\"not-seen-before\": \"Not seen before\"\n\t};\n\tconst SEVERITIES = [\n\t\t\"critical\",\n\t\t\"high\",\n\t\t\"medium\",\n\t\t\"low\",\n\t\t\"info\"\n\t];\n\tconst MOST_OFFERED = 500;\n\tfunction createControls(data, onChange) {\n\t\tconst { findings } = data;\n\t\tconst tally = countBy(findings);\n\t\tconst severities = choices(\"severity\", \"Severity\", Object.fromEntries(SEVERITIES.map((one) => [one, one])), tally);\n\t\tconst kinds = choices(\"kind\", \"Kind\", KINDS, tally);\n\t\tconst host = make(\"input\", {\n\t\t\ttype: \"search\",\n\t\t\tid: \"host\",\n\t\t\tlist: \"hosts\",\n\t\t\tautocomplete: \"off\",\n\t\t\tspellcheck: \"false\"\n\t\t});\n\t\tconst names = [...new Set(findings.flatMap((finding) => finding.host ?? []))].slice(0, MOST_OFFERED);\n\t\tconst offered = make(\"datalist\", { id: \"hosts\" }, ...names.map((name) => make(\"option\", { value: name })));\n\t\tconst services = [...new Set(findings.flatMap(({ service }) => service ?? []))].sort();\n\t\tconst service = select(\"service\", \"All services\", Object.fromEntries(services.map((name) => [name, name])));\n\t\tconst novelty = select(\"new\", \"New and known\", NOVELTIES);\n\t\tconst reset = make(\"button\", { type: \"reset\" }, \"Show all\");\n\t\tconst form = make(\"form\", {\n\t\t\tclass: \"filter\",\n\t\t\t\"aria-label\": \"Filter the findings\"\n\t\t});\n\t\tappend(form, [\n\t\t\tseverities.fieldset,\n\t\t\tkinds.fieldset,\n\t\t\tmake(\"div\", { class: \"field\" }, make(\"label\", { for: \"host\" }, \"Host\"), host, offered),\n\t\t\tservices.length > 0 && make(\"div\", { class: \"field\" }, make(\"label\", { for: \"service\" }, \"Service\"), service),\n\t\t\tfindings.some((finding) => finding.novelty) && make(\"div\", { class: \"field\" }, make(\"label\", { for: \"new\" }, \"Since the baseline\"), novelty),\n\t\t\treset\n\t\t]);\n\t\tconst read = () => ({\n\t\t\tseverity: severities.read(),\n\t\t\tkind: kinds.read(),\n\t\t\thost: host.value,\n\t\t\tservice: service.value,\n\t\t\tnew: novelty.value\n\t\t});\n\t\tform.addEventListener(\"input\", () => onChange(read()));\n\t\tform.addEventListener(\"submit\", (event) => event.preventDefault());\n\t\tform.addEventListener(\"reset\", () => setTimeout(() => onChange(read())));\n\t\treturn {\n\t\t\tform,\n\t\t\tshow(filter) {\n\t\t\t\tseverities.show(filter.severity);\n\t\t\t\tkinds.show(filter.kind);\n\t\t\t\thost.value = filter.host;\n\t\t\t\tservice.value = filter.service;\n\t\t\t\tnovelty.value = filter.new;\n\t\t\t}\n\t\t};\n\t}\n\tfunction countBy(findings) {\n\t\tconst tally = /* @__PURE__ */ new Map();\n\t\tfor (const { severity, kind } of findings) for (const name of [severity, kind]) tally.set(name, (tally.get(name) ?? 0) + 1);\n\t\treturn tally;\n\t}\n\tfunction choices(name, title, labels, tally) {\n\t\tconst boxes = Object.keys(labels).filter((value) => tally.has(value)).map((value) => make(\"input\", {\n\t\t\ttype: \"checkbox\",\n\t\t\tname,\n\t\t\tvalue\n\t\t}));\n\t\tconst fieldset = make(\"fieldset\", {}, make(\"legend\", {}, title));\n\t\tfor (const box of boxes) {\n\t\t\tconst number = (tally.get(box.value) ?? 0).toLocaleString(\"en-US\");\n\t\t\tfieldset.append(make(\"label\", { class: `choice ${box.value}` }, box, `${labels[box.value]} `, make(\"small\", {}, number)));\n\t\t}\n\t\treturn {\n\t\t\tfieldset,\n\t\t\tread: () => new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value)),\n\t\t\tshow(values) {\n\t\t\t\tfor (const box of boxes) box.checked = values.has(box.value);\n\t\t\t}\n\t\t};\n\t}\n\tfunction select(id, all, labels) {\n\t\tconst options = Object.entries(labels).map(([value, label]) => make(\"option\", { value }, label));\n\t\treturn make(\"select\", {\n\t\t\tid,\n\t\t\tname: id\n\t\t}, make(\"option\", { value: \"\" }, all), ...options);\n\t}\n\n// src/report/html/page/filter.ts\n\tfunction readFilter(fragment) {\n\t\tconst values = new URLSearchParams(fragment.replace(/^#/, \"\"));\n\t\tconst list = (name) => new Set((values.get(name) ?? \"\").split(\",\").filter(Boolean));\n\t\tconst word = (name) => values.get(name) ?? \"\";\n\t\treturn {\n\t\t\tseverity: list(\"severity\"),\n\t\t\tkind: list(\"kind\"),\n\t\t\thost: word(\"host\"),\n\t\t\tservice: word(\"service\"),\n\t\t\tnew: word(\"new\")\n\t\t};\n\t}\n\tfunction writeFilter({ severity, kind, ...words }) {\n\t\tconst values = new URLSearchParams();\n\t\tif (severity.size > 0) values.set(\"severity\", [...severity].join(\",\"));\n\t\tif (kind.size > 0) values.set(\"kind\", [...kind].join(\",\"));\n\t\tfor (const [name, value] of Object.entries(words)) if (value !== \"\") values.set(name, value);\n\t\tconst text = values.toString().replaceAll(\"%2C\", \",\");\n\t\treturn text === \"\" ? \"\" : `#${text}`;\n\t}\n\tfunction createTest(filter) {\n\t\tconst { severity, kind, service, new: novelty } = filter;\n\t\tconst host = filter.host.trim().toLowerCase();\n\t\treturn (finding) => (severity.size === 0 || severity.has(finding.severity)) && (kind.size === 0 || kind.has(finding.kind)) && (service === \"\" || finding.service === service) && (novelty === \"\" || finding.novelty === novelty) && (host === \"\" || finding.where.toLowerCase().includes(host));\n\t}\n\n// src/report/html/page/findings.ts\n\tconst PAGE$1 = 30;\n\tfunction showFindings(section, data) {\n\t\tif (data.findings.length === 0) {\n\t\t\tsection.append(make(\"p\", {}, \"There are no findings.\"));\n\t\t\treturn () => {};\n\t\t}\n\t\tconst status = make(\"p\", {\n\t\t\trole: \"status\",\n\t\t\tclass: \"status\"\n\t\t});\n\t\tconst list = make(\"div\", { class: \"cards\" });\n\t\tconst more = make(\"button\", {\n\t\t\ttype: \"button\",\n\t\t\tclass: \"more\"\n\t\t});\n\t\tlet groups = [];\n\t\tlet shown = 0;\n\t\tlet current = readFilter(location.hash);\n\t\tconst showMore = () => {\n\t\t\tconst next = groups.slice(shown, shown + PAGE$1);\n\t\t\tappend(list, next.map((findings, index) => makeCard(data, findings, shown + index === 0)));\n\t\t\tshown += next.length;\n\t\t\tconst left = groups.length - shown;\n\t\t\tmore.hidden = left === 0;\n\t\t\tmore.textContent = `Show ${Math.min(PAGE$1, left)} more of ${left.toLocaleString(\"en-US\")} causes`;\n\t\t};\n\t\tconst apply = (filter) => {\n\t\t\tcurrent = filter;\n\t\t\tconst passing = data.findings.filter(createTest(filter));\n\t\t\tgroups = gather(passing);\n\t\t\tlist.replaceChildren();\n\t\t\tshown = 0;\n\t\t\tshowMore();\n\t\t\tstatus.textContent = describe$1(passing.length, groups.length, data.findings.length);\n\t\t};\n\t\tconst change = (filter) => {\n\t\t\tapply(filter);\n\t\t\thistory.replaceState(null, \"\", writeFilter(filter) || \"#\");\n\t\t};\n\t\tconst controls = createControls(data, change);\n\t\tmore.addEventListener(\"click\", showMore);\n\t\taddEventListener(\"hashchange\", () => {\n\t\t\tif (location.hash !== \"\" && !location.hash.includes(\"=\")) return;\n\t\t\tcontrols.show(readFilter(location.hash));\n\t\t\tapply(readFilter(location.hash));\n\t\t});\n\t\tconst left = data.left.toLocaleString(\"en-US\");\n\t\tconst rest = make(\"p\", {}, `${left} more findings are in report.json: the page has the worst.`);\n\t\trest.hidden = data.left === 0;\n\t\tsection.append(controls.form, status, list, more, rest);\n\t\tcontrols.show(current);\n\t\tapply(current);\n\t\treturn (part) => {\n\t\t\tconst filter = {\n\t\t\t\t...current,\n\t\t\t\t...part\n\t\t\t};\n\t\t\tcontrols.show(filter);\n\t\t\tchange(filter);\n\t\t\tsection.scrollIntoView();\n\t\t\tsection.focus({ preventScroll: true });\n\t\t};\n\t}\n\tfunction gather(findings) {\n\t\tconst groups = /* @__PURE__ */ new Map();\n\t\tfor (const finding of findings) {\n\t\t\tconst group = groups.get(finding.group);\n\t\t\tif (group) group.push(finding);\n\t\t\telse groups.set(finding.group, [finding]);\n\t\t}\n\t\treturn [...groups.values()];\n\t}\n\tfunction describe$1(passing, causes, all) {\n\t\tconst say = (number, noun) => `${number.toLocaleString(\"en-US\")} ${noun}${number === 1 ? \"\" : \"s\"}`;\n\t\tconst which = passing === all ? say(all, \"finding\") : `${passing.toLocaleString(\"en-US\")} of ${say(all, \"finding\")}`;\n\t\tif (passing === 0) return `None of ${say(all, \"finding\")} passes this filter.`;\n\t\treturn causes === passing ? which : `${which} from ${say(causes, \"cause\")}`;\n\t}\n\n// src/report/posture.ts\n\tconst POSTURE = \"exposure, whatever the policy allows\";\n\tconst POSTURE_LEGEND = \"A only web · B SSH too · C low · D medium · E high · F critical service open\";\n\n// src/report/html/page/cells.ts\n\tconst MOST_COLUMNS = 24;\n\tconst RANKS = [\n\t\t\"critical\",\n\t\t\"high\",\n\t\t\"medium\",\n\t\t\"low\",\n\t\t\"info\"\n\t];\n\tfunction buildMap({ hosts }) {\n\t\tconst ports = chooseColumns(hosts);\n\t\tconst columns = new Set(ports);\n\t\tconst rows = /* @__PURE__ */ new Map();\n\t\tfor (const host of hosts) {\n\t\t\tconst cells = listCells(host, ports);\n\t\t\tconst elsewhere = host.open.filter(({ port }) => !columns.has(port)).map(toCell);\n\t\t\tconst { rest } = host;\n\t\t\tconst others = elsewhere.length + (rest?.others ?? 0);\n\t\t\tif (rest && rest.others > 0) elsewhere.push({ state: rest.standing });\n\t\t\tconst worst = elsewhere.sort(compareCells)[0] ?? { state: \"closed\" };\n\t\t\tconst unseen = host.unseenPorts;\n\t\t\tconst key = JSON.stringify([\n\t\t\t\thost.posture,\n\t\t\t\tcells,\n\t\t\t\tothers,\n\t\t\t\tworst,\n\t\t\t\tunseen > 0\n\t\t\t]);\n\t\t\tconst row = rows.get(key);\n\t\t\tif (row) {\n\t\t\t\trow.hosts.push(host);\n\t\t\t\trow.unseen += unseen;\n\t\t\t} else rows.set(key, {\n\t\t\t\thosts: [host],\n\t\t\t\tcells,\n\t\t\t\tothers,\n\t\t\t\tworst,\n\t\t\t\tunseen\n\t\t\t});\n\t\t}\n\t\tconst sorted = [...rows.values()].sort((a, b) => rankRow(a) - rankRow(b));\n\t\treturn {\n\t\t\tports,\n\t\t\thasOthers: sorted.some(({ others }) => others > 0),\n\t\t\thasUnseen: sorted.some(({ unseen }) => unseen > 0),\n\t\t\trows: sorted\n\t\t};\n\t}\n\tfunction chooseColumns(hosts) {\n\t\tconst known = /* @__PURE__ */ new Map();\n\t\tconst add = (port, rank) => {\n\t\t\tconst one = known.get(port) ?? {\n\t\t\t\trank,\n\t\t\t\thosts: 0\n\t\t\t};\n\t\t\tknown.set(port, {\n\t\t\t\trank: Math.min(one.rank, rank),\n\t\t\t\thosts: one.hosts + 1\n\t\t\t});\n\t\t};\n\t\tfor (const host of hosts) {\n\t\t\tfor (const open of host.open) add(open.port, rankCell(toCell(open)));\n\t\t\tfor (const port of host.missing) add(port, rankCell({ state: \"missing\" }));\n\t\t}\n\t\treturn [...known].sort(([, a], [, b]) => a.rank - b.rank || b.hosts - a.hosts).slice(0, MOST_COLUMNS).map(([port]) => port).sort((a, b) => a - b);\n\t}\n\tfunction listCells(host, ports) {\n\t\tconst open = new Map(host.open.map((port) => [port.port, port]));\n\t\tconst missing = new Set(host.missing);\n\t\tconst { rest, unknown } = host;\n\t\treturn ports.map((port) => {\n\t\t\tconst found = open.get(port);\n\t\t\tif (found) return toCell(found);\n\t\t\tif (rest?.ports.includes(port)) return { state: rest.standing };\n\t\t\tif (missing.has(port)) return { state: \"missing\" };\n\t\t\treturn { state: unknown.includes(port) ? \"unknown\" : \"closed\" };\n\t\t});\n\t}\n\tfunction toCell({ standing, severity }) {\n\t\tif (standing !== \"allowed\") return {\n\t\t\tstate: standing,\n\t\t\t...severity && { severity }\n\t\t};\n\t\tconst isRisky = severity === \"critical\" || severity === \"high\";\n\t\treturn {\n\t\t\tstate: isRisky ? \"risky\" : \"allowed\",\n\t\t\t...isRisky && { severity }\n\t\t};\n\t}\n\tconst ORDER = [\n\t\t\"violation\",\n\t\t\"missing\",\n\t\t\"unfailing\",\n\t\t\"unclear\",\n\t\t\"unknown\",\n\t\t\"risky\",\n\t\t\"allowed\",\n\t\t\"closed\"\n\t];\n\tfunction rankCell({ state, severity = \"info\" }) {\n\t\treturn ORDER.indexOf(state) * RANKS.length + RANKS.indexOf(severity);\n\t}\n\tfunction compareCells(a, b) {\n\t\treturn rankCell(a) - rankCell(b);\n\t}\n\tfunction rankRow({ cells, worst, unseen }) {\n\t\treturn Math.min(rankCell(worst), rankCell({ state: unseen > 0 ? \"unknown\" : \"closed\" }), ...cells.map(rankCell));\n\t}\n\n// src/report/html/page/map.ts\n\tconst PAGE = 40;\n\tconst MOST_NAMES = 4;\n\tconst SYMBOLS = {\n\t\tviolation: \"✕\",\n\t\tmissing: \"○\",\n\t\tunfailing: \"×\",\n\t\tunclear: \"≈\",\n\t\tunknown: \"?\",\n\t\trisky: \"!\",\n\t\tallowed: \"✓\",\n\t\tclosed: \"·\"\n\t};\n\tconst MEANINGS = {\n\t\tviolation: \"open, breaks the policy\",\n\t\tmissing: \"required, not open\",\n\t\tunfailing: \"open, breaks the policy; does not fail the check\",\n\t\tunclear: \"accepts whatever is tried\",\n\t\tunknown: \"unknown: could not be seen\",\n\t\trisky: \"allowed, risky to expose\",\n\t\tallowed: \"allowed\",\n\t\tclosed: \"not open\"\n\t};\n\tconst STANDINGS = {\n\t\tviolation: \"breaks the policy\",\n\t\tunfailing: \"breaks the policy, does not fail the check\",\n\t\tunclear: \"unclear\",\n\t\tallowed: \"allowed\"\n\t};\n\tfunction showMap(section, data, onHost) {\n\t\tif (data.hosts.length === 0) return;\n\t\tconst map = buildMap(data);\n\t\tconst body = make(\"tbody\");\n\t\tconst more = make(\"button\", {\n\t\t\ttype: \"button\",\n\t\t\tclass: \"more\"\n\t\t});\n\t\tlet shown = 0;\n\t\tconst showMore = () => {\n\t\t\tconst next = map.rows.slice(shown, shown + PAGE);\n\t\t\tappend(body, next.flatMap((row) => makeRow(row, map, onHost)));\n\t\t\tshown += next.length;\n\t\t\tconst left = map.rows.length - shown;\n\t\t\tmore.hidden = left === 0;\n\t\t\tmore.textContent = `Show ${Math.min(PAGE, left)} more of ${left.toLocaleString(\"en-US\")} rows`;\n\t\t};\n\t\tmore.addEventListener(\"click\", showMore);\n\t\tshowMore();\n\t\tconst table = make(\"table\", { class: \"map\" }, make(\"caption\", {}, describe(data, map)), makeHead(map), body);\n\t\tsection.append(makeLegend(map), make(\"div\", {\n\t\t\tclass: \"scroll\",\n\t\t\ttabindex: \"0\",\n\t\t\trole: \"region\",\n\t\t\t\"aria-label\": \"The map of hosts and ports\"\n\t\t}, table), more);\n\t\tsection.hidden = false;\n\t}\n\tfunction describe({ hosts, hostsLeft }, { rows }) {\n\t\tconst say = (number) => number.toLocaleString(\"en-US\");\n\t\tconst all = hosts.length + hostsLeft;\n\t\tconst many = hostsLeft > 0 ? `The worst ${say(hosts.length)} of ${say(all)} hosts, as many as a browser shows quickly; report.json has all of them` : `${say(all)} ${all === 1 ? \"host\" : \"hosts\"}`;\n\t\treturn rows.length < hosts.length ? `${many}; those that are alike share a row. Worst first.` : `${many}, worst first.`;\n\t}\n\tfunction makeHead({ ports, hasOthers, hasUnseen }) {\n\t\tconst head = make(\"tr\", {}, make(\"th\", { scope: \"col\" }, \"Host\"), make(\"th\", { scope: \"col\" }, make(\"abbr\", { title: `${POSTURE}: ${POSTURE_LEGEND}` }, \"Posture\")), hasUnseen && make(\"th\", { scope: \"col\" }, \"Unknown\"));\n\t\tappend(head, ports.map((port) => make(\"th\", {\n\t\t\tscope: \"col\",\n\t\t\tclass: \"port\"\n\t\t}, String(port))));\n\t\tif (hasOthers) head.append(make(\"th\", { scope: \"col\" }, \"Others\"));\n\t\treturn make(\"thead\", {}, head);\n\t}\n\tfunction makeRow(row, { ports, hasOthers, hasUnseen }, onHost) {\n\t\tconst { hosts, cells, others, worst, unseen } = row;\n\t\tconst [first] = hosts;\n\t\tconst toggle = make(\"button\", {\n\t\t\ttype: \"button\",\n\t\t\tclass: \"host\",\n\t\t\t\"aria-expanded\": \"false\"\n\t\t}, nameRow(hosts));\n\t\tconst line = make(\"tr\", {}, make(\"th\", { scope: \"row\" }, toggle, hosts.length === 1 && first.context !== \"\" && make(\"small\", {}, ` ${first.context}`)), makePosture(first), hasUnseen && makeUnseen(unseen), ...cells.map((cell) => makeCell(cell)), hasOthers && makeCell(worst, others > 0 ? `+${others.toLocaleString(\"en-US\")}` : \"\"));\n\t\tlet below;\n\t\ttoggle.addEventListener(\"click\", () => {\n\t\t\tconst isOpen = toggle.getAttribute(\"aria-expanded\") === \"true\";\n\t\t\ttoggle.setAttribute(\"aria-expanded\", String(!isOpen));\n\t\t\tif (isOpen) return below?.remove();\n\t\t\tconst columns = 2 + ports.length + Number(hasOthers) + Number(hasUnseen);\n\t\t\tbelow ??= make(\"tr\", { class: \"below\" }, make(\"td\", { colspan: String(columns) }, ...describeHosts(hosts, onHost)));\n\t\t\tline.after(below);\n\t\t});\n\t\treturn [line];\n\t}\n\tfunction nameRow(hosts) {\n\t\tif (hosts.length === 1) return hosts[0]?.name ?? \"\";\n\t\tconst names = hosts.map(({ name }) => name);\n\t\treturn `${nameHosts(names, MOST_NAMES)} (${hosts.length.toLocaleString(\"en-US\")})`;\n\t}\n\tfunction makeCell({ state, severity }, number) {\n\t\tconst meaning = [\n\t\t\tnumber === void 0 || number === \"\" ? \"\" : `${number} others`,\n\t\t\tMEANINGS[state],\n\t\t\tseverity ?? \"\"\n\t\t].filter(Boolean).join(\", \");\n\t\treturn make(\"td\", {\n\t\t\tclass: `cell ${state} ${severity ?? \"\"}`.trim(),\n\t\t\ttitle: meaning\n\t\t}, make(\"span\", { \"aria-hidden\": \"true\" }, number || SYMBOLS[state]), make(\"span\", { class: \"unseen\" }, meaning));\n\t}\n\tfunction makeUnseen(ports) {\n\t\tif (ports === 0) return make(\"td\", { class: \"cell\" });\n\t\tconst meaning = `${ports.toLocaleString(\"en-US\")} port${ports === 1 ? \"\" : \"s\"} unknown`;\n\t\treturn make(\"td\", {\n\t\t\tclass: \"cell unknown\",\n\t\t\ttitle: meaning\n\t\t}, ports.toLocaleString(\"en-US\"));\n\t}\n\tfunction describeHosts(hosts, onHost) {\n\t\tconst [{ name, open, missing, unseen, rest }] = hosts;\n\t\tconst items = open.map(({ port, service, detail, standing, severity, rttMs }) => make(\"li\", {}, make(\"strong\", {}, String(port)), ` ${service}`, detail !== \"\" && ` – ${detail}`, make(\"small\", {}, ` ${[\n\t\t\tSTANDINGS[standing],\n\t\t\tseverity,\n\t\t\trttMs === void 0 ? \"\" : `${rttMs} ms`\n\t\t].filter(Boolean).join(\", \")}`)));\n\t\tconst left = rest ? rest.ports.length + rest.others : 0;\n\t\tconst button = make(\"button\", { type: \"button\" }, `Findings of ${name}`);\n\t\tbutton.addEventListener(\"click\", () => onHost(name));\n\t\treturn [\n\t\t\t...hosts.length > 1 ? [make(\"p\", {}, `The ports of ${name}; the others have the same ones open.`)] : [],\n\t\t\tmake(\"ul\", {}, ...items),\n\t\t\t...left > 0 ? [make(\"p\", {}, `and ${left.toLocaleString(\"en-US\")} more open; report.json has all of them`)] : [],\n\t\t\t...missing.length > 0 ? [make(\"p\", {}, `Required and not open: ${missing.join(\", \")}`)] : [],\n\t\t\t...unseen !== \"\" ? [make(\"p\", {}, `Unknown: ${unseen}`)] : [],\n\t\t\tbutton\n\t\t];\n\t}\n\tfunction makePosture({ open, posture }) {\n\t\treturn open.length > 0 ? make(\"td\", { class: `posture ${posture}` }, posture) : make(\"td\", { class: \"posture\" }, make(\"abbr\", { title: \"nothing seen open\" }, \"–\"));\n\t}\n\tfunction makeLegend({ rows }) {\n\t\tconst states = new Set(rows.flatMap(({ cells, worst }) => [...cells, worst].map(({ state }) => state)));\n\t\tif (rows.some(({ unseen }) => unseen > 0)) states.add(\"unknown\");\n\t\tconst items = Object.keys(SYMBOLS).filter((state) => states.has(state)).map((state) => make(\"li\", {}, make(\"span\", {\n\t\t\tclass: `cell ${state}`,\n\t\t\t\"aria-hidden\": \"true\"\n\t\t}, SYMBOLS[state]), ` ${MEANINGS[state]}`));\n\t\treturn make(\"div\", { class: \"legend\" }, make(\"ul\", {}, ...items), make(\"p\", {}, (states.has(\"violation\") || states.has(\"unfailing\")) && \"Violations have the colour of their severity: critical and high red, medium amber, low blue. \", `Posture is ${POSTURE}: ${POSTURE_LEGEND}`));\n\t}\n\n// src/report/html/page/main.ts\n\tconst data = JSON.parse(find(\"data\").textContent ?? \"\");\n\tconst filter = showFindings(find(\"findings\"), data);\n\tshowMap(find(\"map\"), data, (host) => filter({ host }));\n\taddEventListener(\"beforeprint\", () => {\n\t\tfor (const details of document.querySelectorAll(\".card > details:not([open])\")) {\n\t\t\tdetails.open = true;\n\t\t\tdetails.dataset.printed = \"\";\n\t\t}\n\t});\n\taddEventListener(\"afterprint\", () => {\n\t\tfor (const details of document.querySelectorAll(\"details[data-printed]\")) {\n\t\t\tdetails.open = false;\n\t\t\tdelete details.dataset.printed;\n\t\t}\n\t});\n\tfunction find(id) {\n\t\tconst element = document.getElementById(id);\n\t\tif (!element) throw new Error(`The page has no element ${id}`);\n\t\treturn element;\n\t}\n\n})();";
const STYLE = ":root {\n  color-scheme: light dark;\n  --text: light-dark(#1f2328, #e6edf3);\n  --quiet: light-dark(#57606a, #9aa4af);\n  --page: light-dark(#ffffff, #0d1117);\n  --raised: light-dark(#f6f8fa, #161b22);\n  --line: light-dark(#d0d7de, #30363d);\n  --link: light-dark(#0550ae, #79b8ff);\n  --critical: light-dark(#8b0a1a, #ff7b85);\n  --high: light-dark(#b42318, #ff9a8a);\n  --medium: light-dark(#8a4b00, #f0b35f);\n  --low: light-dark(#0b5cad, #7cb7ff);\n  --info: light-dark(#57606a, #9aa4af);\n  --good: light-dark(#116329, #57d37c);\n  --critical-fill: light-dark(#b3122a, #a51d2f);\n  --high-fill: light-dark(#d1462f, #b5422d);\n  --medium-fill: light-dark(#e09a3e, #8f5c12);\n  --low-fill: light-dark(#6ea8e6, #2a5d94);\n  --info-fill: light-dark(#c3cad1, #4a525b);\n  --good-fill: light-dark(#d5f0dc, #14391f);\n  --risky-fill: light-dark(#ffe7b8, #4a3607);\n}\n* {\n  box-sizing: border-box;\n}\nbody {\n  margin: 0 auto;\n  max-width: 76rem;\n  padding: 1rem 1.25rem 3rem;\n  background: var(--page);\n  color: var(--text);\n  font:\n    15px / 1.5 system-ui,\n    -apple-system,\n    \"Segoe UI\",\n    \"Noto Sans\",\n    sans-serif;\n}\na {\n  color: var(--link);\n}\ncode,\npre,\n.host,\n.places,\n.place {\n  font-family: ui-monospace, \"SF Mono\", Menlo, Consolas, \"Noto Sans Mono\", monospace;\n  font-size: 0.9em;\n  overflow-wrap: anywhere;\n}\nh1,\nh2,\nh3,\nh4 {\n  line-height: 1.3;\n}\nh2 {\n  margin: 2rem 0 0.75rem;\n  font-size: 1.25rem;\n}\nh4 {\n  margin: 1rem 0 0.25rem;\n  font-size: 0.9rem;\n}\nsmall,\n.facts,\n.status,\n.legend,\nfooter,\nfigcaption,\ndt,\ncaption {\n  color: var(--quiet);\n}\nsmall {\n  font-size: 0.85em;\n}\n.skip {\n  position: absolute;\n  left: -100rem;\n}\n.skip:focus {\n  left: 1rem;\n  padding: 0.5rem;\n  background: var(--page);\n}\n.unseen {\n  position: absolute;\n  width: 1px;\n  height: 1px;\n  overflow: hidden;\n  clip-path: inset(50%);\n  white-space: nowrap;\n}\n:focus-visible {\n  outline: 2px solid var(--link);\n  outline-offset: 2px;\n}\ndetails p {\n  margin: 0.5rem 0;\n}\nnoscript td {\n  padding: 0.25rem 0.5rem;\n  border: 1px solid var(--line);\n  vertical-align: top;\n}\n.verdict {\n  padding: 1rem 1.25rem;\n  border: 1px solid var(--line);\n  border-left: 0.5rem solid var(--good);\n  border-radius: 0.5rem;\n  background: var(--raised);\n}\n.verdict.fail {\n  border-left-color: var(--high);\n}\n.verdict.inconclusive,\n.verdict.audit.fail {\n  border-left-color: var(--medium);\n}\n.verdict h1 {\n  margin: 0 0 0.5rem;\n  font-size: 1.5rem;\n}\n.verdict .word {\n  color: var(--good);\n}\n.fail .word {\n  color: var(--high);\n}\n.inconclusive .word,\n.audit.fail .word {\n  color: var(--medium);\n}\n.verdict p {\n  margin: 0.35rem 0;\n}\n.verdict .seen {\n  color: var(--quiet);\n}\n.first {\n  padding: 0.5rem 0.75rem;\n  border-radius: 0.375rem;\n  background: var(--page);\n}\n.overview {\n  display: grid;\n  grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr));\n  gap: 1.5rem;\n}\nfigure {\n  margin: 0;\n}\nfigure svg {\n  display: block;\n  width: 100%;\n  height: 0.6rem;\n  border-radius: 0.3rem;\n  background: var(--raised);\n}\nfigcaption {\n  margin-top: 0.25rem;\n}\nrect.seen {\n  fill: var(--good);\n}\nrect.unseen {\n  position: static;\n  fill: var(--medium-fill);\n}\nrect.critical {\n  fill: var(--critical-fill);\n}\nrect.high {\n  fill: var(--high-fill);\n}\nrect.medium {\n  fill: var(--medium-fill);\n}\nrect.low {\n  fill: var(--low-fill);\n}\nrect.info {\n  fill: var(--info-fill);\n}\ndl {\n  display: grid;\n  gap: 0.2rem;\n  margin: 1rem 0 0;\n}\ndl div {\n  display: grid;\n  grid-template-columns: 6rem 1fr;\n}\ndl.wide div {\n  grid-template-columns: 9rem 1fr;\n}\ndd {\n  margin: 0;\n  overflow-wrap: anywhere;\n}\ndd .line {\n  display: block;\n}\nbutton,\ninput,\nselect {\n  font: inherit;\n  color: inherit;\n}\nbutton,\nselect,\ninput[type=\"search\"] {\n  padding: 0.25rem 0.6rem;\n  border: 1px solid var(--line);\n  border-radius: 0.375rem;\n  background: var(--raised);\n}\nbutton {\n  cursor: pointer;\n}\n.more {\n  margin: 0.75rem 0;\n}\n.scroll {\n  overflow-x: auto;\n}\ntable {\n  border-collapse: collapse;\n}\ncaption {\n  padding: 0.25rem 0;\n  text-align: left;\n}\n.map th,\n.map td {\n  padding: 0.15rem 0.3rem;\n  border: 1px solid var(--line);\n  text-align: center;\n}\n.map thead th {\n  font-size: 0.8rem;\n  font-weight: 600;\n}\n.map th[scope=\"row\"] {\n  text-align: left;\n  font-weight: 400;\n  max-width: 28rem;\n}\n.map .below td {\n  padding: 0.5rem 1rem;\n  text-align: left;\n}\n.host {\n  padding: 0;\n  border: 0;\n  background: none;\n  text-align: left;\n}\n.host::before {\n  content: \"▸ \" / \"\";\n  color: var(--quiet);\n}\n.host[aria-expanded=\"true\"]::before {\n  content: \"▾ \" / \"\";\n}\n.posture {\n  font-weight: 700;\n}\n.posture.A,\n.posture.B {\n  color: var(--good);\n}\n.posture.C,\n.posture.D {\n  color: var(--medium);\n}\n.posture.E,\n.posture.F {\n  color: var(--high);\n}\n.cell {\n  min-width: 1.9rem;\n  font-weight: 700;\n}\n.cell.closed {\n  color: var(--quiet);\n  font-weight: 400;\n}\n.cell.allowed {\n  background: var(--good-fill);\n  color: var(--good);\n}\n.cell.risky {\n  background: var(--risky-fill);\n  color: var(--medium);\n}\n.cell.violation {\n  background: var(--high-fill);\n  color: #fff;\n}\n.cell.violation.critical {\n  background: var(--critical-fill);\n}\n.cell.violation.high {\n  background: light-dark(#c23b25, #a83a26);\n}\n.cell.violation.medium {\n  background: var(--medium-fill);\n  color: light-dark(#1f2328, #fff);\n}\n.cell.violation.low,\n.cell.violation.info {\n  background: var(--low-fill);\n  color: light-dark(#1f2328, #fff);\n}\n.legend .cell.violation {\n  background: light-dark(#c23b25, #a83a26);\n}\n.cell.unfailing {\n  color: var(--info);\n  outline: 2px solid currentcolor;\n  outline-offset: -3px;\n}\n.cell.unfailing.critical {\n  color: var(--critical);\n}\n.cell.unfailing.high {\n  color: var(--high);\n}\n.cell.unfailing.medium {\n  color: var(--medium);\n}\n.cell.unfailing.low {\n  color: var(--low);\n}\n.cell.missing {\n  color: var(--critical);\n  outline: 2px solid var(--critical);\n  outline-offset: -3px;\n}\n.cell.unknown,\n.cell.unclear {\n  background: repeating-linear-gradient(45deg, transparent 0 4px, var(--line) 4px 5px);\n}\n.legend {\n  font-size: 0.85rem;\n}\n.legend ul {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0.25rem 1rem;\n  margin: 0 0 0.25rem;\n  padding: 0;\n  list-style: none;\n}\n.legend p {\n  margin: 0 0 0.5rem;\n}\n.legend .cell {\n  display: inline-block;\n  min-width: 1.4rem;\n  text-align: center;\n}\n.filter {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0.5rem 1rem;\n  align-items: end;\n  padding: 0.75rem;\n  border: 1px solid var(--line);\n  border-radius: 0.5rem;\n  background: var(--raised);\n}\n.filter fieldset {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0.25rem 0.75rem;\n  margin: 0;\n  padding: 0;\n  border: 0;\n}\n.filter legend,\n.field label {\n  padding: 0;\n  font-size: 0.8rem;\n  color: var(--quiet);\n}\n.field {\n  display: grid;\n}\n.field input,\n.field select {\n  background: var(--page);\n}\n.card {\n  margin: 0.75rem 0;\n  padding: 0.6rem 1rem;\n  border: 1px solid var(--line);\n  border-left: 0.3rem solid var(--info-fill);\n  border-radius: 0.375rem;\n}\n.card.critical {\n  border-left-color: var(--critical-fill);\n}\n.card.high {\n  border-left-color: var(--high-fill);\n}\n.card.medium {\n  border-left-color: var(--medium-fill);\n}\n.card.low {\n  border-left-color: var(--low-fill);\n}\n.card h3 {\n  display: flex;\n  gap: 0.5rem;\n  align-items: baseline;\n  margin: 0;\n  font-size: 1rem;\n  font-weight: 600;\n  overflow-wrap: anywhere;\n}\n.facts {\n  margin: 0.2rem 0;\n  font-size: 0.85rem;\n  overflow-wrap: anywhere;\n}\n.badge {\n  padding: 0 0.45rem;\n  border: 1px solid currentcolor;\n  border-radius: 1rem;\n  font-size: 0.75rem;\n  font-weight: 600;\n  white-space: nowrap;\n}\n.badge.critical,\n.choice.critical {\n  color: var(--critical);\n}\n.badge.high,\n.choice.high {\n  color: var(--high);\n}\n.badge.medium,\n.choice.medium {\n  color: var(--medium);\n}\n.badge.low,\n.choice.low {\n  color: var(--low);\n}\n.badge.new,\n.badge.not-seen-before {\n  color: var(--link);\n}\n.places {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0.1rem 1.25rem;\n  margin: 0.25rem 0;\n  padding: 0;\n  list-style: none;\n}\nsummary {\n  cursor: pointer;\n}\n.closings {\n  margin: 0.5rem 0;\n}\n.copyable {\n  position: relative;\n}\n.copyable pre {\n  margin: 0.25rem 0;\n  padding: 0.6rem 5.5rem 0.6rem 0.75rem;\n  border-radius: 0.375rem;\n  background: var(--raised);\n  white-space: pre-wrap;\n}\n.copy {\n  position: absolute;\n  top: 0.3rem;\n  right: 0.3rem;\n  background: var(--page);\n  font-size: 0.8rem;\n}\n.sources {\n  margin: 0;\n  font-size: 0.85rem;\n  overflow-wrap: anywhere;\n}\n.changes li {\n  margin: 0.25rem 0;\n  overflow-wrap: anywhere;\n}\n.loosened strong {\n  color: var(--high);\n}\n.tightened strong {\n  color: var(--good);\n}\nfooter {\n  margin-top: 3rem;\n  font-size: 0.85rem;\n}\n@media print {\n  :root {\n    color-scheme: light;\n  }\n  body {\n    max-width: none;\n    padding: 0;\n    font-size: 10pt;\n  }\n  .filter,\n  .skip,\n  .copy,\n  .more,\n  .closings {\n    display: none;\n  }\n  .card,\n  .verdict {\n    break-inside: avoid;\n  }\n  .copyable pre {\n    padding-right: 0.75rem;\n  }\n  * {\n    print-color-adjust: exact;\n  }\n}\n";

// EXTERNAL MODULE: ./lib/model.js
var model = __webpack_require__(9814);
// EXTERNAL MODULE: ./lib/port-ranges.js
var port_ranges = __webpack_require__(1067);
// EXTERNAL MODULE: ./lib/report/closing.js
var closing = __webpack_require__(1425);
// EXTERNAL MODULE: ./lib/report/findings.js + 16 modules
var report_findings = __webpack_require__(2475);
// EXTERNAL MODULE: ./lib/report/first.js
var report_first = __webpack_require__(7624);
// EXTERNAL MODULE: ./lib/report/group.js
var report_group = __webpack_require__(8529);
// EXTERNAL MODULE: ./lib/report/hosts.js
var hosts = __webpack_require__(3233);
// EXTERNAL MODULE: ./lib/report/links.js
var report_links = __webpack_require__(4503);
// EXTERNAL MODULE: ./lib/report/open-ports.js
var open_ports = __webpack_require__(4325);
// EXTERNAL MODULE: ./lib/report/spots.js
var spots = __webpack_require__(6715);
// EXTERNAL MODULE: ./lib/report/wording/text.js
var wording_text = __webpack_require__(6950);
;// CONCATENATED MODULE: ./lib/report/html/page/cells.js
/** Columns of the map; other open ports are counted in one more. */
const MOST_COLUMNS = 24;
const RANKS = ['critical', 'high', 'medium', 'low', 'info'];
function buildMap({ hosts }) {
    const ports = chooseColumns(hosts);
    const columns = new Set(ports);
    const rows = new Map();
    for (const host of hosts) {
        const cells = listCells(host, ports);
        const elsewhere = host.open.filter(({ port }) => !columns.has(port)).map(toCell);
        const { rest } = host;
        const others = elsewhere.length + (rest?.others ?? 0);
        if (rest && rest.others > 0)
            elsewhere.push({ state: rest.standing });
        const worst = elsewhere.sort(compareCells)[0] ?? { state: 'closed' };
        const unseen = host.unseenPorts;
        const key = JSON.stringify([host.posture, cells, others, worst, unseen > 0]);
        const row = rows.get(key);
        if (row) {
            row.hosts.push(host);
            row.unseen += unseen;
        }
        else
            rows.set(key, { hosts: [host], cells, others, worst, unseen });
    }
    const sorted = [...rows.values()].sort((a, b) => rankRow(a) - rankRow(b));
    const hasOthers = sorted.some(({ others }) => others > 0);
    return { ports, hasOthers, hasUnseen: sorted.some(({ unseen }) => unseen > 0), rows: sorted };
}
/** The worst ports, then those that most hosts have open; in ascending order. */
function chooseColumns(hosts) {
    const known = new Map();
    const add = (port, rank) => {
        const one = known.get(port) ?? { rank, hosts: 0 };
        known.set(port, { rank: Math.min(one.rank, rank), hosts: one.hosts + 1 });
    };
    for (const host of hosts) {
        for (const open of host.open)
            add(open.port, rankCell(toCell(open)));
        for (const port of host.missing)
            add(port, rankCell({ state: 'missing' }));
    }
    return [...known]
        .sort(([, a], [, b]) => a.rank - b.rank || b.hosts - a.hosts)
        .slice(0, MOST_COLUMNS)
        .map(([port]) => port)
        .sort((a, b) => a - b);
}
function listCells(host, ports) {
    const open = new Map(host.open.map((port) => [port.port, port]));
    const missing = new Set(host.missing);
    const { rest, unknown } = host;
    return ports.map((port) => {
        const found = open.get(port);
        if (found)
            return toCell(found);
        if (rest?.ports.includes(port))
            return { state: rest.standing };
        if (missing.has(port))
            return { state: 'missing' };
        return { state: unknown.includes(port) ? 'unknown' : 'closed' };
    });
}
function toCell({ standing, severity }) {
    if (standing !== 'allowed')
        return { state: standing, ...(severity && { severity }) };
    const isRisky = severity === 'critical' || severity === 'high';
    return { state: isRisky ? 'risky' : 'allowed', ...(isRisky && { severity }) };
}
const ORDER = [
    'violation',
    'missing',
    'unfailing',
    'unclear',
    'unknown',
    'risky',
    'allowed',
    'closed',
];
/** Smaller is worse. */
function rankCell({ state, severity = 'info' }) {
    return ORDER.indexOf(state) * RANKS.length + RANKS.indexOf(severity);
}
function compareCells(a, b) {
    return rankCell(a) - rankCell(b);
}
function rankRow({ cells, worst, unseen }) {
    return Math.min(rankCell(worst), rankCell({ state: unseen > 0 ? 'unknown' : 'closed' }), ...cells.map(rankCell));
}

;// CONCATENATED MODULE: ./lib/report/html/collect-data.js













/** Most findings on the page, about 20 MB; report.json has all of them. */
const MOST_FINDINGS = 25_000;
/** Hosts of the map; a scan may have 65,536. */
const MOST_HOSTS = 5_000;
/** Open ports of all hosts together, and of one: a host that accepts whatever is tried has 65,535. */
const MOST_PORTS = 100_000;
const MOST_PORTS_OF_HOST = 500;
/** Characters of the list of ports of a host that are unknown. */
const MOST_UNKNOWN = 300;
/** What the page shows of a report. */
function collectData(report, links) {
    const texts = createTexts();
    // The groups are in the order of their first findings, so that the worst stay first.
    const kept = (0,report_group/* groupFindings */.kG)(report.findings)
        .flatMap(({ findings }, group) => {
        const explanations = new Map();
        return findings.map((finding) => {
            const key = (0,report_group/* explanationOf */.pg)(finding);
            const explanation = explanations.get(key) ?? explanations.size;
            explanations.set(key, explanation);
            return { finding, group, ...(explanation > 0 && { explanation }) };
        });
    })
        .slice(0, MOST_FINDINGS);
    const findings = kept.map(({ finding, ...numbers }) => ({
        ...toPageFinding(finding, texts.add, links),
        ...numbers,
    }));
    const left = report.findings.length - findings.length;
    const hosts = chooseHosts(report);
    return {
        texts: texts.list,
        hosts: describeHosts({ ...report, hosts }),
        hostsLeft: report.hosts.length - hosts.length,
        findings,
        left,
        pages: listPages(links),
    };
}
function listPages(links) {
    const pages = Object.keys(model/* KIND_OF */.V).map((id) => [id, (0,report_links/* linkToFinding */.RM)(id, links)]);
    return Object.fromEntries(pages.filter(([, page]) => page !== undefined));
}
function createTexts() {
    const numbers = new Map();
    const list = [];
    const add = (text) => {
        const number = numbers.get(text) ?? list.push(text) - 1;
        numbers.set(text, number);
        return number;
    };
    return { list, add };
}
function toPageFinding(finding, add, links) {
    const { id, kind, severity, fails, environment, endpoint, address, port, alike, place } = finding;
    const { message, why, remedy } = (0,report_findings/* wordFinding */.WV)(finding);
    const say = (text) => (0,report_escape/* printable */.g$)((0,wording_text/* plain */.pj)(text));
    const ports = alike ? (0,port_ranges/* formatRanges */.Gk)(alike.ports) : port === undefined ? '' : String(port);
    const spot = { environment, endpoint, addresses: address ? [address] : [], ports };
    const host = (0,spots/* formatTarget */.P4)({ ...spot, ports: '' });
    const allow = (0,report_first/* findAllowance */.i0)(finding);
    const sources = (0,report_first/* listSources */.rP)(finding);
    const link = place && (0,report_links/* linkToPlace */.bq)(place, links);
    return {
        ...{ id, kind, severity },
        ...(fails && { fails }),
        where: (0,report_escape/* printable */.g$)((0,spots/* formatSpot */.wq)(spot), 600),
        ...(host && { host: (0,report_escape/* printable */.g$)(host, 300) }),
        ...(finding.service && { service: (0,report_escape/* printableAscii */.NF)(finding.service, 60) }),
        ...(finding.state && { state: sayState(finding) }),
        message: say(message),
        why: add(say(why)),
        remedy: add(say(remedy)),
        ...(allow !== undefined && { allow: add(allow) }),
        ...((0,report_first/* isToBeClosed */.Xn)(finding) && {
            close: port,
            ...((0,closing/* isWayIn */.HG)(finding.service, finding.usual) && { wayIn: true }),
        }),
        ...(place && { place: (0,report_escape/* printable */.g$)((0,spots/* formatPlace */.dE)(place), 300) }),
        // A link to a file of this machine works nowhere else.
        ...(link?.startsWith('https:') && { link }),
        ...(sources.length > 0 && { sources: sources.map(add) }),
        ...(finding.novelty && { novelty: finding.novelty }),
        ...(finding.since && { since: (0,report_escape/* printable */.g$)(finding.since.slice(0, 10), 20) }),
    };
}
function sayState({ state, reason, usual }) {
    const why = reason ? ` (${(0,report_escape/* printable */.g$)(reason, 40)})` : '';
    return `${state}${why}${usual ? `, usually ${(0,report_escape/* printableAscii */.NF)(usual, 40)}` : ''}`;
}
/** The hosts with the worst findings, then those with the worst posture; all of them where there is room. */
function chooseHosts({ hosts, findings }) {
    if (hosts.length <= MOST_HOSTS)
        return hosts;
    const ranks = new Map([...(0,open_ports/* indexByHost */.gp)(findings).keys()].map((key, index) => [key, index]));
    const rank = (host) => ranks.get((0,open_ports/* keyOf */.TN)(host)) ?? ranks.size;
    return hosts
        .map((host) => ({ host, rank: rank(host) }))
        .sort((a, b) => a.rank - b.rank || b.host.posture.localeCompare(a.host.posture))
        .slice(0, MOST_HOSTS)
        .map(({ host }) => host);
}
function describeHosts(report) {
    const open = (0,open_ports/* collect */.Fo)((0,open_ports/* listOpenPorts */.fq)(report), ({ host }) => (0,open_ports/* keyOf */.TN)(host));
    const findings = (0,open_ports/* indexByHost */.gp)(report.findings);
    const room = Math.min(MOST_PORTS_OF_HOST, Math.ceil(MOST_PORTS / Math.max(1, report.hosts.length)));
    const drafts = report.hosts.map((host) => {
        const key = (0,open_ports/* keyOf */.TN)(host);
        const missing = (findings.get(key) ?? []).filter(({ id }) => id === 'required-port-not-open');
        // Violations first: ports left out are no reason to act.
        const ports = (open.get(key) ?? []).toSorted((a, b) => rankPort(a) - rankPort(b));
        const kept = ports.slice(0, room).toSorted((a, b) => a.port.port - b.port.port);
        const numbers = missing.flatMap(({ port, alike }) => alike ? alike.ports.map(({ from }) => from) : (port ?? []));
        return {
            host,
            page: { open: kept.map(toPagePort), missing: numbers.slice(0, room) },
            rest: ports.slice(room),
        };
    });
    const columns = chooseColumns(drafts.map(({ page }) => page));
    return drafts.map((draft) => toPageHost(draft, columns));
}
/** Lists that may be long are cut to the ports that have a column; the rest is a number, or the beginning of a list. */
function toPageHost({ host, page, rest }, columns) {
    const { environment, endpoint, address, posture, ports } = host;
    const spot = { environment, endpoint, addresses: [address], ports: '' };
    const unknown = ports.unknown.flatMap(({ ports }) => (0,port_ranges/* readRanges */.DA)(ports));
    const others = new Set(rest.map(({ port }) => port.port));
    const withColumn = columns.filter((port) => others.has(port));
    return {
        ...page,
        ...(rest[0] && {
            rest: { ports: withColumn, others: others.size - withColumn.length, standing: standingOf(rest[0]) },
        }),
        name: (0,report_escape/* printable */.g$)((0,spots/* formatTarget */.P4)(spot), 300),
        context: (0,report_escape/* printable */.g$)((0,spots/* formatContext */.J_)(spot), 300),
        posture,
        unknown: columns.filter((port) => (0,port_ranges/* inRanges */.mA)(unknown, port)),
        unseen: (0,report_escape/* printable */.g$)((0,port_ranges/* formatRanges */.Gk)(unknown).replaceAll(',', ', '), MOST_UNKNOWN),
        unseenPorts: (0,port_ranges/* countPorts */.Ws)(unknown),
    };
}
function rankPort(port) {
    const standing = standingOf(port);
    return standing === 'violation' ? 0 : standing === 'unfailing' ? 1 : 2;
}
function standingOf({ standing, finding }) {
    return standing === 'violation' && !finding?.fails ? 'unfailing' : standing;
}
function toPagePort(judged) {
    const { port, standing, finding } = judged;
    const guess = port.usual ? ` (usually ${(0,report_escape/* printableAscii */.NF)(port.usual, 40)})` : '';
    const severity = standing === 'violation' ? finding?.severity : port.severity;
    const detail = [(0,report_escape/* printableAscii */.NF)(port.product ?? '', 80), port.tls ? (0,hosts/* sayTls */.H)(port.tls) : ''];
    return {
        port: port.port,
        service: (0,report_escape/* printableAscii */.NF)(port.service ?? 'not identified', 40) + guess,
        detail: detail.filter(Boolean).join(', '),
        standing: standingOf(judged),
        ...(severity && { severity }),
        ...(port.rttMs !== undefined && { rttMs: port.rttMs }),
    };
}

// EXTERNAL MODULE: ./lib/numbers.js
var numbers = __webpack_require__(4417);
// EXTERNAL MODULE: ./lib/report/coverage.js
var coverage = __webpack_require__(7130);
// EXTERNAL MODULE: ./lib/report/drift.js
var drift = __webpack_require__(1301);
// EXTERNAL MODULE: ./lib/report/headline.js + 1 modules
var headline = __webpack_require__(5074);
// EXTERNAL MODULE: ./lib/report/wording/review.js
var review = __webpack_require__(8113);
;// CONCATENATED MODULE: ./lib/report/html/tags.js
/** HTML that escapes whatever is put into it. */

const REFERENCES = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
};
/** A piece of a page: all values are text, except those that are markup themselves; absent ones leave nothing. */
function html(own, ...values) {
    const markup = own.map((text, index) => text + write(values[index])).join('');
    return { markup };
}
function write(value) {
    if (value === undefined || value === false)
        return '';
    if (typeof value !== 'object')
        return escapeHtml(String(value));
    return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}
function escapeHtml(text) {
    return text.replace(/[&<>"']/g, (character) => REFERENCES[character] ?? '');
}
/** A text whose code is code, and whose backticks are backticks. */
function proseOf(text) {
    return (0,report_escape/* listPieces */.Cv)(text).map(({ text, isCode }) => (isCode ? html `<code>${text}</code>` : html `${text}`));
}
/** A sentence in which backticks mark code. */
function prose(text) {
    const parts = text.split('`');
    if (parts.length % 2 === 0)
        return [html `${text}`];
    return parts.map((part, index) => (index % 2 === 1 ? html `<code>${part}</code>` : html `${part}`));
}

;// CONCATENATED MODULE: ./lib/report/html/shell.js
/** What the page has before its program runs, and without it: the verdict, what was seen, and what has changed. */












/** Most findings in the page for readers without JavaScript. */
const MOST_WITHOUT_PROGRAM = 500;
/** Parts of the bar of what was seen: one of them is wide enough to be noticed. */
const SEEN_PARTS = 100;
/** The verdict and why, how much is wrong, how much was seen, and what to do first. */
function renderHeader(report) {
    const { verdict, wrong, seen } = (0,headline/* headline */.P)(report);
    const first = (0,report_first/* findFirst */.i8)(report);
    const [word, ...rest] = verdict.split(/(?=[:,( ])/);
    return html `<header class="verdict ${report.verdict} ${report.mode}">
<h1><span class="word">${word}</span>${rest.join('')}</h1>
<p class="wrong">${wrong}</p>
<p class="seen">${seen}</p>
${first && html `<p class="first"><strong>Do first</strong> ${proseOf(first)}</p>`}
</header>`;
}
/** How much was seen: a bar, and the rest in words. */
function renderCoverage(report) {
    const { full, text } = (0,coverage/* measureSeen */.um)(report.coverage, SEEN_PARTS);
    return html `<section aria-labelledby="coverage-title" class="coverage">
<h2 id="coverage-title">Coverage</h2>
<div class="overview">
${renderBar(`Seen: ${text}, ${(0,numbers/* count */.U)(report.coverage.pairs, 'pair')} of address and port`, [
        ['seen', full],
        ['unseen', SEEN_PARTS - full],
    ])}
${renderSeverities(report.findings)}
</div>
<dl>${(0,coverage/* listCoverage */.$8)(report).map(({ label, text }) => html `<div><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>
</section>`;
}
function renderSeverities(findings) {
    const worth = findings.filter(({ kind }) => kind === 'violation');
    if (worth.length === 0)
        return undefined;
    const parts = model/* SEVERITIES */.oC.map((severity) => [severity, worth.filter((finding) => finding.severity === severity).length]).filter(([, number]) => number > 0);
    const said = parts.map(([severity, number]) => `${(0,numbers/* formatNumber */.Z)(number)} ${severity}`).join(', ');
    return renderBar(`${(0,numbers/* count */.U)(worth.length, 'violation')}: ${said}`, parts);
}
/** A bar of parts, with a caption that says the same: the drawing is only for the eye. */
function renderBar(caption, parts) {
    const total = parts.reduce((sum, [, value]) => sum + value, 0) || 1;
    let at = 0;
    const rects = parts.map(([name, value]) => {
        const width = (value / total) * 1000;
        const rect = html `<rect class="${name}" x="${at.toFixed(1)}" width="${width.toFixed(1)}" height="10"/>`;
        at += width;
        return rect;
    });
    return html `<figure><svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">${rects}</svg><figcaption>${caption}</figcaption></figure>`;
}
/** What a pull request does to the policy; nothing where nothing was reviewed. */
function renderChanges(changes) {
    if (changes.length === 0)
        return undefined;
    return html `<section aria-labelledby="changes-title" id="changes">
<h2 id="changes-title">Policy changes</h2>
<ul class="changes">${changes.map(renderChange)}</ul>
</section>`;
}
function renderChange(change) {
    const { direction, severity, place, before } = change;
    const where = place ?? before;
    const said = where && `${(0,report_escape/* printable */.g$)((0,spots/* formatPlace */.dE)(where), 300)}${place ? '' : ', removed'}`;
    const weight = direction === 'loosened' ? html `<span class="badge ${severity}">${severity}</span> ` : undefined;
    return html `<li class="${direction}"><strong>${direction}</strong> ${weight}${proseOf((0,review/* sayChange */.eU)(change))}${where && html ` <span class="place">${said}</span>`}</li>`;
}
/** What has changed since the baseline; nothing where there was none. */
function renderDrift(report) {
    if (!report.drift)
        return undefined;
    const rows = (0,drift/* listDrift */.Kc)(report).map(({ label, items }) => html `<div><dt>${label}</dt><dd>${items.map((item) => html `<span class="line">${item}</span>`)}</dd></div>`);
    const { file } = report.drift.baseline;
    return html `<section aria-labelledby="drift-title" id="drift">
<h2 id="drift-title">Since ${(0,drift/* nameBaseline */.rl)(report)}</h2>
<p class="seen">Compared with ${(0,report_escape/* printable */.g$)(file, 200)}, by what both runs have seen.${rows.length === 0 && ' No port has changed.'}</p>
${rows.length > 0 && html `<dl class="wide">${rows}</dl>`}
</section>`;
}
/** The findings as a table, for readers without JavaScript. */
function renderWithoutProgram({ findings }) {
    const left = findings.length - MOST_WITHOUT_PROGRAM;
    const rows = findings.slice(0, MOST_WITHOUT_PROGRAM).map((finding) => {
        const { message, remedy } = (0,report_findings/* wordFinding */.WV)(finding);
        const say = (text) => prose((0,report_escape/* printable */.g$)((0,wording_text/* plain */.pj)(text)));
        return html `<tr><td>${finding.severity}</td><td>${finding.kind}</td><td>${finding.id}</td><td>${say(message)}</td><td>${say(remedy)}</td></tr>`;
    });
    if (rows.length === 0)
        return html `<noscript><p>There are no findings.</p></noscript>`;
    return html `<noscript><p>Without JavaScript there is no map and no filter.</p><table><thead><tr><th>Severity</th><th>Kind</th><th>Finding</th><th>What</th><th>Remedy</th></tr></thead><tbody>${rows}</tbody></table>${left > 0 && html `<p>${(0,numbers/* count */.U)(left, 'more finding')}; report.json has all of them.</p>`}</noscript>`;
}

;// CONCATENATED MODULE: ./lib/report/html/html.js







/**
 * The report as one page that loads nothing from anywhere. Its policy (CSP) lets this one script and this one style run
 * and nothing else; what comes from outside is escaped, or data that the script shows as text.
 */
function* renderHtml(report, { links }) {
    const policy = [
        "default-src 'none'",
        `script-src '${hashOf(SCRIPT)}'`,
        `style-src '${hashOf(STYLE)}'`,
        "base-uri 'none'",
        "form-action 'none'",
    ].join('; ');
    const version = (0,report_escape/* printable */.g$)(report.tool.version, 40);
    const head = html `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${report.verdict.toUpperCase()} · Portgate</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
`;
    yield head.markup;
    yield html `${renderHeader(report)}
<main>
${renderDrift(report)}
${renderCoverage(report)}
<section aria-labelledby="map-title" id="map" hidden><h2 id="map-title">Hosts and ports</h2></section>
<section aria-labelledby="findings-title" id="findings" tabindex="-1"><h2 id="findings-title">Findings</h2>
${renderWithoutProgram(report)}
</section>
${renderChanges(report.policyChanges)}
</main>
<footer>Portgate ${version}</footer>
`.markup;
    yield '<script type="application/json" id="data">';
    // No `<` can end the element or begin another: no text can leave it.
    yield (0,json/* renderJson */.h)(collectData(report, links), 0).trimEnd().replaceAll('<', '\\u003c');
    yield `</script>\n<script>${SCRIPT}</script>\n</body>\n</html>\n`;
}
function hashOf(text) {
    return `sha256-${(0,external_node_crypto_.createHash)('sha256').update(text).digest('base64')}`;
}


/***/ })

};
