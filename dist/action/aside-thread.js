import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 280:
/***/ (function(module) {

(function (root) {
    'use strict';
    // A list of regular expressions that match arbitrary IPv4 addresses,
    // for which a number of weird notations exist.
    // Note that an address like 0010.0xa5.1.1 is considered legal.
    const ipv4Part = '(0?\\d+|0x[a-f0-9]+)';
    const ipv4Regexes = {
        fourOctet: new RegExp(`^${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}$`, 'i'),
        threeOctet: new RegExp(`^${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}$`, 'i'),
        twoOctet: new RegExp(`^${ipv4Part}\\.${ipv4Part}$`, 'i'),
        longValue: new RegExp(`^${ipv4Part}$`, 'i')
    };

    // Regular Expression for checking Octal numbers
    const octalRegex = new RegExp(`^0[0-7]+$`, 'i');
    const hexRegex = new RegExp(`^0x[a-f0-9]+$`, 'i');

    const zoneIndex = '%[0-9a-z]{1,}';

    // IPv6-matching regular expressions.
    // For IPv6, the task is simpler: it is enough to match the colon-delimited
    // hexadecimal IPv6 and a transitional variant with dotted-decimal IPv4 at
    // the end.
    const ipv6Part = '(?:[0-9a-f]+::?)+';
    const ipv6Regexes = {
        zoneIndex: new RegExp(zoneIndex, 'i'),
        'native': new RegExp(`^(::)?(${ipv6Part})?([0-9a-f]+)?(::)?(${zoneIndex})?$`, 'i'),
        deprecatedTransitional: new RegExp(`^(?:::)(${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}(${zoneIndex})?)$`, 'i'),
        transitional: new RegExp(`^((?:${ipv6Part})|(?:::)(?:${ipv6Part})?)${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}\\.${ipv4Part}(${zoneIndex})?$`, 'i')
    };

    // Expand :: in an IPv6 address or address part consisting of `parts` groups.
    function expandIPv6 (string, parts) {
        // More than one '::' means invalid address
        if (string.indexOf('::') !== string.lastIndexOf('::')) {
            return null;
        }

        let colonCount = 0;
        let lastColon = -1;
        let zoneId = (string.match(ipv6Regexes.zoneIndex) || [])[0];
        let replacement, replacementCount;

        // Remove zone index and save it for later
        if (zoneId) {
            zoneId = zoneId.substring(1);
            string = string.replace(/%.+$/, '');
        }

        // How many parts do we already have?
        while ((lastColon = string.indexOf(':', lastColon + 1)) >= 0) {
            colonCount++;
        }

        // 0::0 is two parts more than ::
        if (string.substr(0, 2) === '::') {
            colonCount--;
        }

        if (string.substr(-2, 2) === '::') {
            colonCount--;
        }

        // An address must not contain more separators than available parts,
        // and :: must compress at least one part.
        if (colonCount >= parts) {
            return null;
        }

        // replacement = ':' + '0:' * (parts - colonCount)
        replacementCount = parts - colonCount;
        replacement = ':';
        while (replacementCount--) {
            replacement += '0:';
        }

        // Insert the missing zeroes
        string = string.replace('::', replacement);

        // Trim any garbage which may be hanging around if :: was at the edge in
        // the source string
        if (string[0] === ':') {
            string = string.slice(1);
        }

        if (string[string.length - 1] === ':') {
            string = string.slice(0, -1);
        }

        parts = (function () {
            const ref = string.split(':');
            const results = [];

            for (let i = 0; i < ref.length; i++) {
                results.push(ref[i].length > 4 ? NaN : parseInt(ref[i], 16));
            }

            return results;
        })();

        return {
            parts: parts,
            zoneId: zoneId
        };
    }

    // A generic CIDR (Classless Inter-Domain Routing) RFC1518 range matcher.
    function matchCIDR (first, second, partSize, cidrBits) {
        if (first.length !== second.length) {
            throw new Error('ipaddr: cannot match CIDR for objects with different lengths');
        }

        let part = 0;
        let shift;

        while (cidrBits > 0) {
            shift = partSize - cidrBits;
            if (shift < 0) {
                shift = 0;
            }

            if (first[part] >> shift !== second[part] >> shift) {
                return false;
            }

            cidrBits -= partSize;
            part += 1;
        }

        return true;
    }

    function parseIntAuto (string) {
        // Hexadecimal base 16 (0x#)
        if (hexRegex.test(string)) {
            return parseInt(string, 16);
        }
        // While octal representation is discouraged by ECMAScript 3
        // and forbidden by ECMAScript 5, we silently allow it to
        // work only if the rest of the string has numbers less than 8.
        if (string[0] === '0' && !isNaN(parseInt(string[1], 10))) {
        if (octalRegex.test(string)) {
            return parseInt(string, 8);
        }
            throw new Error(`ipaddr: cannot parse ${string} as octal`);
        }
        // Always include the base 10 radix!
        return parseInt(string, 10);
    }

    function padPart (part, length) {
        while (part.length < length) {
            part = `0${part}`;
        }

        return part;
    }

    const ipaddr = {};

    // An IPv4 address (RFC791).
    ipaddr.IPv4 = (function () {
        // Constructs a new IPv4 address from an array of four octets
        // in network order (MSB first)
        // Verifies the input.
        function IPv4 (octets) {
            if (octets.length !== 4) {
                throw new Error('ipaddr: ipv4 octet count should be 4');
            }

            let i, octet;

            for (i = 0; i < octets.length; i++) {
                octet = octets[i];
                if (!((0 <= octet && octet <= 255))) {
                    throw new Error('ipaddr: ipv4 octet should fit in 8 bits');
                }
            }

            this.octets = octets;
        }

        // Special IPv4 address ranges.
        // See also https://en.wikipedia.org/wiki/Reserved_IP_addresses
        IPv4.prototype.SpecialRanges = {
            unspecified: [[new IPv4([0, 0, 0, 0]), 8]],
            broadcast: [[new IPv4([255, 255, 255, 255]), 32]],
            // RFC3171
            multicast: [[new IPv4([224, 0, 0, 0]), 4]],
            // RFC3927
            linkLocal: [[new IPv4([169, 254, 0, 0]), 16]],
            // RFC5735
            loopback: [[new IPv4([127, 0, 0, 0]), 8]],
            // RFC6598
            carrierGradeNat: [[new IPv4([100, 64, 0, 0]), 10]],
            // RFC1918
            'private': [
                [new IPv4([10, 0, 0, 0]), 8],
                [new IPv4([172, 16, 0, 0]), 12],
                [new IPv4([192, 168, 0, 0]), 16]
            ],
            // Reserved and testing-only ranges; RFCs 5735, 5737, 2544, 1700
            reserved: [
                [new IPv4([192, 0, 0, 0]), 24],
                [new IPv4([192, 0, 2, 0]), 24],
                [new IPv4([192, 88, 99, 0]), 24],
                [new IPv4([198, 18, 0, 0]), 15],
                [new IPv4([198, 51, 100, 0]), 24],
                [new IPv4([203, 0, 113, 0]), 24],
                [new IPv4([240, 0, 0, 0]), 4]
            ],
            // RFC7534, RFC7535
            as112: [
                [new IPv4([192, 175, 48, 0]), 24],
                [new IPv4([192, 31, 196, 0]), 24],
            ],
            // RFC7450
            amt: [
                [new IPv4([192, 52, 193, 0]), 24],
            ],
        };

        // The 'kind' method exists on both IPv4 and IPv6 classes.
        IPv4.prototype.kind = function () {
            return 'ipv4';
        };

        // Checks if this address matches other one within given CIDR range.
        IPv4.prototype.match = function (other, cidrRange) {
            let ref;
            if (cidrRange === undefined) {
                ref = other;
                other = ref[0];
                cidrRange = ref[1];
            }

            if (other.kind() !== 'ipv4') {
                throw new Error('ipaddr: cannot match ipv4 address with non-ipv4 one');
            }

            return matchCIDR(this.octets, other.octets, 8, cidrRange);
        };

        // returns a number of leading ones in IPv4 address, making sure that
        // the rest is a solid sequence of 0's (valid netmask)
        // returns either the CIDR length or null if mask is not valid
        IPv4.prototype.prefixLengthFromSubnetMask = function () {
            let cidr = 0;
            // non-zero encountered stop scanning for zeroes
            let stop = false;
            // number of zeroes in octet
            const zerotable = {
                0: 8,
                128: 7,
                192: 6,
                224: 5,
                240: 4,
                248: 3,
                252: 2,
                254: 1,
                255: 0
            };
            let i, octet, zeros;

            for (i = 3; i >= 0; i -= 1) {
                octet = this.octets[i];
                if (octet in zerotable) {
                    zeros = zerotable[octet];
                    if (stop && zeros !== 0) {
                        return null;
                    }

                    if (zeros !== 8) {
                        stop = true;
                    }

                    cidr += zeros;
                } else {
                    return null;
                }
            }

            return 32 - cidr;
        };

        // Checks if the address corresponds to one of the special ranges.
        IPv4.prototype.range = function () {
            return ipaddr.subnetMatch(this, this.SpecialRanges);
        };

        // Returns an array of byte-sized values in network order (MSB first)
        IPv4.prototype.toByteArray = function () {
            return this.octets.slice(0);
        };

        // Converts this IPv4 address to an IPv4-mapped IPv6 address.
        IPv4.prototype.toIPv4MappedAddress = function () {
            return ipaddr.IPv6.parse(`::ffff:${this.toString()}`);
        };

        // Symmetrical method strictly for aligning with the IPv6 methods.
        IPv4.prototype.toNormalizedString = function () {
            return this.toString();
        };

        // Returns the address in convenient, decimal-dotted format.
        IPv4.prototype.toString = function () {
            return this.octets.join('.');
        };

        return IPv4;
    })();

    // A utility function to return broadcast address given the IPv4 interface and prefix length in CIDR notation
    ipaddr.IPv4.broadcastAddressFromCIDR = function (string) {

        try {
            const cidr = this.parseCIDR(string);
            const ipInterfaceOctets = cidr[0].toByteArray();
            const subnetMaskOctets = this.subnetMaskFromPrefixLength(cidr[1]).toByteArray();
            const octets = [];
            let i = 0;
            while (i < 4) {
                // Broadcast address is bitwise OR between ip interface and inverted mask
                octets.push(parseInt(ipInterfaceOctets[i], 10) | parseInt(subnetMaskOctets[i], 10) ^ 255);
                i++;
            }

            return new this(octets);
        } catch (e) {
            throw new Error('ipaddr: the address does not have IPv4 CIDR format', { cause: e });
        }
    };

    // Checks if a given string is formatted like IPv4 address.
    ipaddr.IPv4.isIPv4 = function (string) {
        return this.parser(string) !== null;
    };

    // Checks if a given string is a valid IPv4 address.
    ipaddr.IPv4.isValid = function (string) {
        try {
            new this(this.parser(string));
            return true;
        } catch {
            return false;
        }
    };

    // Checks if a given string is a valid IPv4 address in CIDR notation.
    ipaddr.IPv4.isValidCIDR = function (string) {
        try {
            this.parseCIDR(string);
            return true;
        } catch {
            return false;
        }
    };

    // Checks if a given string is a full four-part IPv4 Address.
    ipaddr.IPv4.isValidFourPartDecimal = function (string) {
        if (ipaddr.IPv4.isValid(string) && string.match(/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){3}$/)) {
            return true;
        } else {
            return false;
        }
    };

    // Checks if a given string is a full four-part IPv4 Address with CIDR prefix.
    ipaddr.IPv4.isValidCIDRFourPartDecimal = function (string) {
        const match = string.match(/^(.+)\/(\d+)$/);

        if (!ipaddr.IPv4.isValidCIDR(string) || !match) {
            return false;
        }

        return ipaddr.IPv4.isValidFourPartDecimal(match[1]);
    };

    // A utility function to return network address given the IPv4 interface and prefix length in CIDR notation
    ipaddr.IPv4.networkAddressFromCIDR = function (string) {
        let cidr, i, ipInterfaceOctets, octets, subnetMaskOctets;

        try {
            cidr = this.parseCIDR(string);
            ipInterfaceOctets = cidr[0].toByteArray();
            subnetMaskOctets = this.subnetMaskFromPrefixLength(cidr[1]).toByteArray();
            octets = [];
            i = 0;
            while (i < 4) {
                // Network address is bitwise AND between ip interface and mask
                octets.push(parseInt(ipInterfaceOctets[i], 10) & parseInt(subnetMaskOctets[i], 10));
                i++;
            }

            return new this(octets);
        } catch (e) {
            throw new Error('ipaddr: the address does not have IPv4 CIDR format', { cause: e });
        }
    };

    // Tries to parse and validate a string with IPv4 address.
    // Throws an error if it fails.
    ipaddr.IPv4.parse = function (string) {
        const parts = this.parser(string);

        if (parts === null) {
            throw new Error('ipaddr: string is not formatted like an IPv4 Address');
        }

        return new this(parts);
    };

    // Parses the string as an IPv4 Address with CIDR Notation.
    ipaddr.IPv4.parseCIDR = function (string) {
        let match;

        if ((match = string.match(/^(.+)\/(\d+)$/))) {
            const maskLength = parseInt(match[2]);
            if (maskLength >= 0 && maskLength <= 32) {
                const parsed = [this.parse(match[1]), maskLength];
                Object.defineProperty(parsed, 'toString', {
                    value: function () {
                        return this.join('/');
                    }
                });
                return parsed;
            }
        }

        throw new Error('ipaddr: string is not formatted like an IPv4 CIDR range');
    };

    // Classful variants (like a.b, where a is an octet, and b is a 24-bit
    // value representing last three octets; this corresponds to a class C
    // address) are omitted due to classless nature of modern Internet.
    ipaddr.IPv4.parser = function (string) {
        let match, part, value;

        // parseInt recognizes all that octal & hexadecimal weirdness for us
        if ((match = string.match(ipv4Regexes.fourOctet))) {
            return (function () {
                const ref = match.slice(1, 6);
                const results = [];

                for (let i = 0; i < ref.length; i++) {
                    part = ref[i];
                    results.push(parseIntAuto(part));
                }

                return results;
            })();
        } else if ((match = string.match(ipv4Regexes.longValue))) {
            value = parseIntAuto(match[1]);
            if (value > 0xffffffff || value < 0) {
                throw new Error('ipaddr: address outside defined range');
            }

            return ((function () {
                const results = [];
                let shift;

                for (shift = 0; shift <= 24; shift += 8) {
                    results.push((value >> shift) & 0xff);
                }

                return results;
            })()).reverse();
        } else if ((match = string.match(ipv4Regexes.twoOctet))) {
            return (function () {
                const ref = match.slice(1, 4);
                const results = [];

                value = parseIntAuto(ref[1]);
                if (value > 0xffffff || value < 0) {
                    throw new Error('ipaddr: address outside defined range');
                }

                results.push(parseIntAuto(ref[0]));
                results.push((value >> 16) & 0xff);
                results.push((value >>  8) & 0xff);
                results.push( value        & 0xff);

                return results;
            })();
        } else if ((match = string.match(ipv4Regexes.threeOctet))) {
            return (function () {
                const ref = match.slice(1, 5);
                const results = [];

                value = parseIntAuto(ref[2]);
                if (value > 0xffff || value < 0) {
                    throw new Error('ipaddr: address outside defined range');
                }

                results.push(parseIntAuto(ref[0]));
                results.push(parseIntAuto(ref[1]));
                results.push((value >> 8) & 0xff);
                results.push( value       & 0xff);

                return results;
            })();
        } else {
            return null;
        }
    };

    // A utility function to return subnet mask in IPv4 format given the prefix length
    ipaddr.IPv4.subnetMaskFromPrefixLength = function (prefix) {
        prefix = parseInt(prefix);
        if (Number.isNaN(prefix) || prefix < 0 || prefix > 32) {
            throw new Error('ipaddr: invalid IPv4 prefix length');
        }

        const octets = [0, 0, 0, 0];
        let j = 0;
        const filledOctetCount = Math.floor(prefix / 8);

        while (j < filledOctetCount) {
            octets[j] = 255;
            j++;
        }

        if (filledOctetCount < 4) {
            octets[filledOctetCount] = Math.pow(2, prefix % 8) - 1 << 8 - (prefix % 8);
        }

        return new this(octets);
    };

    // An IPv6 address (RFC2460)
    ipaddr.IPv6 = (function () {
        // Constructs an IPv6 address from an array of eight 16 - bit parts
        // or sixteen 8 - bit parts in network order(MSB first).
        // Throws an error if the input is invalid.
        function IPv6 (parts, zoneId) {
            let i, part;

            if (parts.length === 16) {
                this.parts = [];
                for (i = 0; i <= 14; i += 2) {
                    this.parts.push((parts[i] << 8) | parts[i + 1]);
                }
            } else if (parts.length === 8) {
                this.parts = parts;
            } else {
                throw new Error('ipaddr: ipv6 part count should be 8 or 16');
            }

            for (i = 0; i < this.parts.length; i++) {
                part = this.parts[i];
                if (!((0 <= part && part <= 0xffff))) {
                    throw new Error('ipaddr: ipv6 part should fit in 16 bits');
                }
            }

            if (zoneId) {
                this.zoneId = zoneId;
            }
        }

        // Special IPv6 ranges
        IPv6.prototype.SpecialRanges = {
            // RFC4291, here and after
            unspecified: [new IPv6([0, 0, 0, 0, 0, 0, 0, 0]), 128],
            linkLocal: [new IPv6([0xfe80, 0, 0, 0, 0, 0, 0, 0]), 10],
            multicast: [new IPv6([0xff00, 0, 0, 0, 0, 0, 0, 0]), 8],
            loopback: [new IPv6([0, 0, 0, 0, 0, 0, 0, 1]), 128],
            uniqueLocal: [new IPv6([0xfc00, 0, 0, 0, 0, 0, 0, 0]), 7],
            ipv4Mapped: [new IPv6([0, 0, 0, 0, 0, 0xffff, 0, 0]), 96],
            // RFC3879
            deprecatedSiteLocal: [new IPv6([0xfec0, 0, 0, 0, 0, 0, 0, 0]), 10],
            // RFC6666
            discard: [new IPv6([0x100, 0, 0, 0, 0, 0, 0, 0]), 64],
            // RFC6145
            rfc6145: [new IPv6([0, 0, 0, 0, 0xffff, 0, 0, 0]), 96],
            rfc6052: [
                // RFC6052
                [new IPv6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0]), 96],
                // RFC8215
                [new IPv6([0x64, 0xff9b, 0x1, 0, 0, 0, 0, 0]), 48],
            ],
            // RFC3056
            '6to4': [new IPv6([0x2002, 0, 0, 0, 0, 0, 0, 0]), 16],
            // RFC6052, RFC6146
            teredo: [new IPv6([0x2001, 0, 0, 0, 0, 0, 0, 0]), 32],
            // RFC5180
            benchmarking: [new IPv6([0x2001, 0x2, 0, 0, 0, 0, 0, 0]), 48],
            // RFC7450
            amt: [new IPv6([0x2001, 0x3, 0, 0, 0, 0, 0, 0]), 32],
            as112v6: [
                // RFC7535
                [new IPv6([0x2001, 0x4, 0x112, 0, 0, 0, 0, 0]), 48],
                // RFC7534
                [new IPv6([0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0]), 48],
            ],
            // RFC4843
            deprecatedOrchid: [new IPv6([0x2001, 0x10, 0, 0, 0, 0, 0, 0]), 28],
            // RFC7343
            orchid2: [new IPv6([0x2001, 0x20, 0, 0, 0, 0, 0, 0]), 28],
            // RFC9374
            droneRemoteIdProtocolEntityTags: [new IPv6([0x2001, 0x30, 0, 0, 0, 0, 0, 0]), 28],
            // RFC9602
            segmentRouting: [new IPv6([0x5f00, 0, 0, 0, 0, 0, 0, 0]), 16],
            reserved: [
                // RFC3849
                [new IPv6([0x2001, 0, 0, 0, 0, 0, 0, 0]), 23],
                // RFC2928
                [new IPv6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0]), 32],
                // RFC9637
                [new IPv6([0x3fff, 0, 0, 0, 0, 0, 0, 0]), 20],
            ],
        };

        // Checks if this address is an IPv4-mapped IPv6 address.
        IPv6.prototype.isIPv4MappedAddress = function () {
            return this.range() === 'ipv4Mapped';
        };

        // The 'kind' method exists on both IPv4 and IPv6 classes.
        IPv6.prototype.kind = function () {
            return 'ipv6';
        };

        // Checks if this address matches other one within given CIDR range.
        IPv6.prototype.match = function (other, cidrRange) {
            let ref;

            if (cidrRange === undefined) {
                ref = other;
                other = ref[0];
                cidrRange = ref[1];
            }

            if (other.kind() !== 'ipv6') {
                throw new Error('ipaddr: cannot match ipv6 address with non-ipv6 one');
            }

            return matchCIDR(this.parts, other.parts, 16, cidrRange);
        };

        // returns a number of leading ones in IPv6 address, making sure that
        // the rest is a solid sequence of 0's (valid netmask)
        // returns either the CIDR length or null if mask is not valid
        IPv6.prototype.prefixLengthFromSubnetMask = function () {
            let cidr = 0;
            // non-zero encountered stop scanning for zeroes
            let stop = false;
            // number of zeroes in octet
            const zerotable = {
                0: 16,
                32768: 15,
                49152: 14,
                57344: 13,
                61440: 12,
                63488: 11,
                64512: 10,
                65024: 9,
                65280: 8,
                65408: 7,
                65472: 6,
                65504: 5,
                65520: 4,
                65528: 3,
                65532: 2,
                65534: 1,
                65535: 0
            };
            let part, zeros;

            for (let i = 7; i >= 0; i -= 1) {
                part = this.parts[i];
                if (part in zerotable) {
                    zeros = zerotable[part];
                    if (stop && zeros !== 0) {
                        return null;
                    }

                    if (zeros !== 16) {
                        stop = true;
                    }

                    cidr += zeros;
                } else {
                    return null;
                }
            }

            return 128 - cidr;
        };


        // Checks if the address corresponds to one of the special ranges.
        IPv6.prototype.range = function () {
            return ipaddr.subnetMatch(this, this.SpecialRanges);
        };

        // Returns an array of byte-sized values in network order (MSB first)
        IPv6.prototype.toByteArray = function () {
            let part;
            const bytes = [];
            const ref = this.parts;
            for (let i = 0; i < ref.length; i++) {
                part = ref[i];
                bytes.push(part >> 8);
                bytes.push(part & 0xff);
            }

            return bytes;
        };

        // Returns the address in expanded format with all zeroes included, like
        // 2001:0db8:0008:0066:0000:0000:0000:0001
        IPv6.prototype.toFixedLengthString = function () {
            const addr = ((function () {
                const results = [];
                for (let i = 0; i < this.parts.length; i++) {
                    results.push(padPart(this.parts[i].toString(16), 4));
                }

                return results;
            }).call(this)).join(':');

            let suffix = '';

            if (this.zoneId) {
                suffix = `%${this.zoneId}`;
            }

            return addr + suffix;
        };

        // Converts this address to IPv4 address if it is an IPv4-mapped IPv6 address.
        // Throws an error otherwise.
        IPv6.prototype.toIPv4Address = function () {
            if (!this.isIPv4MappedAddress()) {
                throw new Error('ipaddr: trying to convert a generic ipv6 address to ipv4');
            }

            const ref = this.parts.slice(-2);
            const high = ref[0];
            const low = ref[1];

            return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
        };

        // Returns the address in expanded format with all zeroes included, like
        // 2001:db8:8:66:0:0:0:1
        //
        // Deprecated: use toFixedLengthString() instead.
        IPv6.prototype.toNormalizedString = function () {
            const addr = ((function () {
                const results = [];

                for (let i = 0; i < this.parts.length; i++) {
                    results.push(this.parts[i].toString(16));
                }

                return results;
            }).call(this)).join(':');

            let suffix = '';

            if (this.zoneId) {
                suffix = `%${this.zoneId}`;
            }

            return addr + suffix;
        };

        // Returns the address in compact, human-readable format like
        // 2001:db8:8:66::1
        // in line with RFC 5952 (see https://tools.ietf.org/html/rfc5952#section-4)
        IPv6.prototype.toRFC5952String = function () {
            const regex = /((^|:)(0(:|$)){2,})/g;
            // The zone identifier (RFC 4007) is not part of the address; match
            // against the address alone so a trailing zero run right before the
            // "%" suffix still gets compressed (RFC 5952, 4.2.2).
            let suffix = '';
            if (this.zoneId) {
                suffix = `%${this.zoneId}`;
            }
            const normalized = this.toNormalizedString();
            const string = normalized.slice(0, normalized.length - suffix.length);
            let bestMatchIndex = 0;
            let bestMatchLength = -1;
            let bestMatchGroups = -1;
            let match;

            while ((match = regex.exec(string))) {
                // Compare by the number of zero groups, not the matched length:
                // a run that is not at the start carries a leading ":" in the
                // match, so an equal-length run later in the address would
                // otherwise be preferred over the leftmost one (RFC 5952, 4.2.3).
                const groups = (match[0].match(/0/g) || []).length;
                if (groups > bestMatchGroups) {
                    bestMatchGroups = groups;
                    bestMatchIndex = match.index;
                    bestMatchLength = match[0].length;
                }
            }

            if (bestMatchLength < 0) {
                return string + suffix;
            }

            return `${string.substring(0, bestMatchIndex)}::${string.substring(bestMatchIndex + bestMatchLength)}${suffix}`;
        };

        // Returns the address in compact, human-readable format like
        // 2001:db8:8:66::1
        // Calls toRFC5952String under the hood.
        IPv6.prototype.toString = function () {
            return this.toRFC5952String();
        };

        return IPv6;

    })();

    // A utility function to return broadcast address given the IPv6 interface and prefix length in CIDR notation
    ipaddr.IPv6.broadcastAddressFromCIDR = function (string) {
        try {
            const cidr = this.parseCIDR(string);
            const ipInterfaceOctets = cidr[0].toByteArray();
            const subnetMaskOctets = this.subnetMaskFromPrefixLength(cidr[1]).toByteArray();
            const octets = [];
            let i = 0;
            while (i < 16) {
                // Broadcast address is bitwise OR between ip interface and inverted mask
                octets.push(parseInt(ipInterfaceOctets[i], 10) | parseInt(subnetMaskOctets[i], 10) ^ 255);
                i++;
            }

            return new this(octets);
        } catch (e) {
            throw new Error('ipaddr: the address does not have IPv6 CIDR format', { cause: e });
        }
    };

    // Checks if a given string is formatted like IPv6 address.
    ipaddr.IPv6.isIPv6 = function (string) {
        return this.parser(string) !== null;
    };

    // Checks to see if string is a valid IPv6 Address
    ipaddr.IPv6.isValid = function (string) {

        // Since IPv6.isValid is always called first, this shortcut
        // provides a substantial performance gain.
        if (typeof string === 'string' && string.indexOf(':') === -1) {
            return false;
        }

        try {
            const addr = this.parser(string);
            new this(addr.parts, addr.zoneId);
            return true;
        } catch {
            return false;
        }
    };

    // Checks if a given string is a valid IPv6 address in CIDR notation.
    ipaddr.IPv6.isValidCIDR = function (string) {

        // See note in IPv6.isValid
        if (typeof string === 'string' && string.indexOf(':') === -1) {
            return false;
        }

        try {
            this.parseCIDR(string);
            return true;
        } catch {
            return false;
        }
    };

    // A utility function to return network address given the IPv6 interface and prefix length in CIDR notation
    ipaddr.IPv6.networkAddressFromCIDR = function (string) {
        let cidr, i, ipInterfaceOctets, octets, subnetMaskOctets;

        try {
            cidr = this.parseCIDR(string);
            ipInterfaceOctets = cidr[0].toByteArray();
            subnetMaskOctets = this.subnetMaskFromPrefixLength(cidr[1]).toByteArray();
            octets = [];
            i = 0;
            while (i < 16) {
                // Network address is bitwise AND between ip interface and mask
                octets.push(parseInt(ipInterfaceOctets[i], 10) & parseInt(subnetMaskOctets[i], 10));
                i++;
            }

            return new this(octets);
        } catch (e) {
            throw new Error('ipaddr: the address does not have IPv6 CIDR format', { cause: e });
        }
    };

    // Tries to parse and validate a string with IPv6 address.
    // Throws an error if it fails.
    ipaddr.IPv6.parse = function (string) {
        const addr = this.parser(string);

        if (addr === null) {
            throw new Error('ipaddr: string is not formatted like an IPv6 Address');
        }

        return new this(addr.parts, addr.zoneId);
    };

    ipaddr.IPv6.parseCIDR = function (string) {
        let maskLength, match, parsed;

        if ((match = string.match(/^(.+)\/(\d+)$/))) {
            maskLength = parseInt(match[2]);
            if (maskLength >= 0 && maskLength <= 128) {
                parsed = [this.parse(match[1]), maskLength];
                Object.defineProperty(parsed, 'toString', {
                    value: function () {
                        return this.join('/');
                    }
                });
                return parsed;
            }
        }

        throw new Error('ipaddr: string is not formatted like an IPv6 CIDR range');
    };

    // Parse an IPv6 address.
    ipaddr.IPv6.parser = function (string) {
        let addr, i, match, octet, octets, zoneId;

        if ((match = string.match(ipv6Regexes.deprecatedTransitional))) {
            return this.parser(`::ffff:${match[1]}`);
        }
        if (ipv6Regexes.native.test(string)) {
            return expandIPv6(string, 8);
        }
        if ((match = string.match(ipv6Regexes.transitional))) {
            zoneId = match[6] || '';
            addr = match[1]
            if (!match[1].endsWith('::')) {
                addr = addr.slice(0, -1)
            }
            addr = expandIPv6(addr + zoneId, 6);
            if (addr && addr.parts) {
                octets = [
                    parseInt(match[2]),
                    parseInt(match[3]),
                    parseInt(match[4]),
                    parseInt(match[5])
                ];
                for (i = 0; i < octets.length; i++) {
                    octet = octets[i];
                    if (!((0 <= octet && octet <= 255))) {
                        return null;
                    }
                }

                addr.parts.push(octets[0] << 8 | octets[1]);
                addr.parts.push(octets[2] << 8 | octets[3]);
                return {
                    parts: addr.parts,
                    zoneId: addr.zoneId
                };
            }
        }

        return null;
    };

    // A utility function to return subnet mask in IPv6 format given the prefix length
    ipaddr.IPv6.subnetMaskFromPrefixLength = function (prefix) {
        prefix = parseInt(prefix);
        if (Number.isNaN(prefix) || prefix < 0 || prefix > 128) {
            throw new Error('ipaddr: invalid IPv6 prefix length');
        }

        const octets = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let j = 0;
        const filledOctetCount = Math.floor(prefix / 8);

        while (j < filledOctetCount) {
            octets[j] = 255;
            j++;
        }

        if (filledOctetCount < 16) {
            octets[filledOctetCount] = Math.pow(2, prefix % 8) - 1 << 8 - (prefix % 8);
        }

        return new this(octets);
    };

    // Try to parse an array in network order (MSB first) for IPv4 and IPv6
    ipaddr.fromByteArray = function (bytes) {
        const length = bytes.length;

        if (length === 4) {
            return new ipaddr.IPv4(bytes);
        } else if (length === 16) {
            return new ipaddr.IPv6(bytes);
        } else {
            throw new Error('ipaddr: the binary input is neither an IPv6 nor IPv4 address');
        }
    };

    // Checks if the address is valid IP address
    ipaddr.isValid = function (string) {
        return ipaddr.IPv6.isValid(string) || ipaddr.IPv4.isValid(string);
    };

    // Checks if the address is valid IP address in CIDR notation
    ipaddr.isValidCIDR = function (string) {
        return ipaddr.IPv6.isValidCIDR(string) || ipaddr.IPv4.isValidCIDR(string);
    };


    // Attempts to parse an IP Address, first through IPv6 then IPv4.
    // Throws an error if it could not be parsed.
    ipaddr.parse = function (string) {
        if (ipaddr.IPv6.isValid(string)) {
            return ipaddr.IPv6.parse(string);
        } else if (ipaddr.IPv4.isValid(string)) {
            return ipaddr.IPv4.parse(string);
        } else {
            throw new Error('ipaddr: the address has neither IPv6 nor IPv4 format');
        }
    };

    // Attempt to parse CIDR notation, first through IPv6 then IPv4.
    // Throws an error if it could not be parsed.
    ipaddr.parseCIDR = function (string) {
        try {
            return ipaddr.IPv6.parseCIDR(string);
        } catch {
            try {
                return ipaddr.IPv4.parseCIDR(string);
            } catch (e) {
                throw new Error('ipaddr: the address has neither IPv6 nor IPv4 CIDR format', { cause: e });
            }
        }
    };

    // Parse an address and return plain IPv4 address if it is an IPv4-mapped address
    ipaddr.process = function (string) {
        const addr = this.parse(string);

        if (addr.kind() === 'ipv6' && addr.isIPv4MappedAddress()) {
            return addr.toIPv4Address();
        } else {
            return addr;
        }
    };

    // An utility function to ease named range matching. See examples below.
    // rangeList can contain both IPv4 and IPv6 subnet entries and will not throw errors
    // on matching IPv4 addresses to IPv6 ranges or vice versa.
    ipaddr.subnetMatch = function (address, rangeList, defaultName) {
        let i, rangeName, rangeSubnets, subnet;

        if (defaultName === undefined || defaultName === null) {
            defaultName = 'unicast';
        }

        for (rangeName in rangeList) {
            if (Object.prototype.hasOwnProperty.call(rangeList, rangeName)) {
                rangeSubnets = rangeList[rangeName];
                // ECMA5 Array.isArray isn't available everywhere
                if (rangeSubnets[0] && !(rangeSubnets[0] instanceof Array)) {
                    rangeSubnets = [rangeSubnets];
                }

                for (i = 0; i < rangeSubnets.length; i++) {
                    subnet = rangeSubnets[i];
                    if (address.kind() === subnet[0].kind() && address.match.apply(address, subnet)) {
                        return rangeName;
                    }
                }
            }
        }

        return defaultName;
    };

    // Export for both the CommonJS and browser-like environment
    if ( true && module.exports) {
        module.exports = ipaddr;

    } else {
        root.ipaddr = ipaddr;
    }

}(this));


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:worker_threads"
const external_node_worker_threads_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./lib/scan/identify/aside.js


let thread;
let lastId = 0;
const waiting = new Map();
/**
 * Identifies a port in a thread of its own: what makes this machine compute there keeps nobody else waiting. The thread lives
 * as long as anybody waits for it. Never rejects; undefined if there was no connection, there is no thread, or the signal is
 * aborted.
 */
function identifyAside(target, signal) {
    const { mayConnect: _, ...sent } = target;
    const id = ++lastId;
    return new Promise((resolve) => {
        const end = () => {
            thread?.postMessage({ kind: 'end', id });
            settle(id, undefined);
        };
        const done = (found) => {
            signal.removeEventListener('abort', end);
            resolve(found);
        };
        waiting.set(id, { target, done });
        signal.addEventListener('abort', end);
        try {
            thread ??= start();
            thread.postMessage({ kind: 'identify', id, target: sent });
        }
        catch {
            settle(id, undefined);
        }
        if (signal.aborted)
            end();
    });
}
function start() {
    const here = import.meta.url;
    const started = new external_node_worker_threads_namespaceObject.Worker(new URL(`aside-thread${(0,external_node_path_namespaceObject.extname)(here)}`, here));
    const fail = () => {
        if (thread === started)
            thread = undefined;
        for (const id of waiting.keys())
            settle(id, undefined);
    };
    started.on('message', take).on('error', fail);
    started.unref();
    return started;
}
async function take(reply) {
    const asking = waiting.get(reply.id);
    if (!asking)
        return;
    if (reply.kind === 'connect') {
        await asking.target.mayConnect?.();
        thread?.postMessage({ kind: 'leave', id: reply.id });
        return;
    }
    if (asking.target.effort)
        asking.target.effort.dearMs = reply.dearMs;
    settle(reply.id, reply.found);
}
function settle(id, found) {
    waiting.get(id)?.done(found);
    waiting.delete(id);
    if (waiting.size > 0)
        return;
    thread?.terminate();
    thread = undefined;
}

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./lib/scan/identify/patience.js
/** Patience that counts only the time in which this thread can listen: what it computes for one peer is no silence of another. */
/** How often it is looked whether the thread still runs, in milliseconds. */
const TICK_MS = 20;
/** A tick that is later than this is more than the system's own jitter, in milliseconds. */
const LATE_MS = 30;
let lost = 0;
let tickedAt = 0;
let users = 0;
let ticker;
/** How long this thread has stood still while its losses were counted, in milliseconds. It only grows. */
function lostMs() {
    return lost;
}
/** Counts what is lost until the returned function is called; several may count at a time. */
function countLosses() {
    if (users === 0) {
        tickedAt = performance.now();
        ticker = setInterval(tick, TICK_MS);
        ticker.unref();
    }
    users += 1;
    let isCounting = true;
    return () => {
        if (!isCounting)
            return;
        isCounting = false;
        users -= 1;
        if (users === 0)
            clearInterval(ticker);
    };
}
function tick() {
    const now = performance.now();
    const late = now - tickedAt - TICK_MS;
    tickedAt = now;
    if (late > LATE_MS)
        lost += late;
}
/**
 * Calls back after so long, and later by all that this thread lost meanwhile. Timers come before sockets in the event
 * loop, so what has arrived by then is read first.
 *
 * @returns cancels it
 */
function waitPatiently(ms, done) {
    const stopCounting = countLosses();
    let before = lost;
    let immediate;
    let timer = setTimeout(readFirst, ms);
    function readFirst() {
        immediate = setImmediate(() => {
            const more = lost - before;
            before = lost;
            if (more > 0)
                timer = setTimeout(readFirst, more);
            else {
                stopCounting();
                done();
            }
        });
    }
    return () => {
        clearTimeout(timer);
        clearImmediate(immediate);
        stopCounting();
    };
}

;// CONCATENATED MODULE: ./lib/scan/identify/connection.js


/** Most bytes that are kept of what one connection says, and how many there is room for at first. */
const MOST_BYTES = 16_384;
const FIRST_BYTES = 1_024;
/** How long an answer that has begun may take to become whole, in milliseconds. */
const WHOLE_ANSWER_MS = 1_500;
/**
 * What was heard is looked at when it is half as long again as at the last look, a few times after a pause before that,
 * and at the end: who sends byte by byte does not choose how often.
 */
const GROWTH = 1.5;
const PAUSE_MS = 30;
const MOST_PAUSES = 8;
/** The probe has just found the port open; a handshake that takes longer is lost, and Linux tries again after 1 s. */
const CONNECT_MS = 2_000;
/** Connects, uses the connection and closes it, whatever happens; undefined if there was no connection. */
async function withConnection(target, signal, use) {
    await target.mayConnect?.();
    if (signal.aborted)
        return undefined;
    const socket = (0,external_node_net_namespaceObject.connect)({ host: target.address, port: target.port });
    socket.on('error', ignore);
    try {
        return (await happens(socket, 'connect', CONNECT_MS * (target.patience ?? 1), signal))
            ? await use(socket)
            : undefined;
    }
    finally {
        socket.destroy();
    }
}
/** Whether the event comes before the time is up, the stream is closed or the signal is aborted. */
function happens(stream, event, withinMs, signal) {
    return new Promise((resolve) => {
        const succeed = () => finish(true);
        const fail = () => finish(false);
        const forget = waitPatiently(withinMs, fail);
        stream.once(event, succeed);
        stream.once('close', fail);
        signal.addEventListener('abort', fail);
        if (stream.destroyed || signal.aborted)
            fail();
        function finish(happened) {
            forget();
            stream.off(event, succeed);
            stream.off('close', fail);
            signal.removeEventListener('abort', fail);
            resolve(happened);
        }
    });
}
/**
 * Listens until what is said is recognised as a whole, or until the first byte has not come in time, the answer has
 * not become whole in time, 16 KiB are full, the other side has ended, or the signal is aborted: what is known then
 * counts. The stream is paused afterwards.
 */
function hear(stream, patienceMs, recognise, signal) {
    return new Promise((resolve) => {
        let buffer = Buffer.allocUnsafe(FIRST_BYTES);
        let length = 0;
        let looked = 0;
        let pauses = 0;
        let pause;
        let recognised;
        let forget = waitPatiently(patienceMs, finish);
        stream.on('data', take);
        stream.once('end', finish);
        stream.once('close', finish);
        signal.addEventListener('abort', finish);
        stream.resume();
        if (hasEnded() || signal.aborted)
            finish();
        function hasEnded() {
            return stream.destroyed || stream.readableEnded;
        }
        function take(chunk) {
            if (length === 0) {
                forget();
                forget = waitPatiently(WHOLE_ANSWER_MS, finish);
            }
            makeRoom(length + chunk.length);
            length += chunk.copy(buffer, length);
            if (length === MOST_BYTES)
                finish();
            else if (length >= looked * GROWTH)
                lookAndFinish();
            else if (!pause && pauses < MOST_PAUSES) {
                pauses += 1;
                pause = setTimeout(lookAndFinish, PAUSE_MS);
            }
        }
        function makeRoom(wanted) {
            if (wanted <= buffer.length || buffer.length === MOST_BYTES)
                return;
            const larger = Buffer.allocUnsafe(Math.min(MOST_BYTES, Math.max(wanted, 2 * buffer.length)));
            buffer.copy(larger, 0, 0, length);
            buffer = larger;
        }
        function look() {
            clearTimeout(pause);
            pause = undefined;
            if (looked === length)
                return;
            looked = length;
            recognised = recognise(buffer.subarray(0, length)) ?? recognised;
        }
        function lookAndFinish() {
            look();
            if (recognised && !recognised.more)
                finish();
        }
        function finish() {
            forget();
            stream.off('data', take);
            stream.off('end', finish);
            stream.off('close', finish);
            signal.removeEventListener('abort', finish);
            stream.pause();
            look();
            resolve({ bytes: buffer.subarray(0, length), recognised, ended: hasEnded() });
        }
    });
}
/** For errors of a connection: its end says all that matters. */
function ignore() { }

// EXTERNAL MODULE: ./node_modules/ipaddr.js/lib/ipaddr.js
var ipaddr = __nccwpck_require__(280);
;// CONCATENATED MODULE: ./lib/scan/identify/plain.js
/** Longest DNS name (RFC 1035, section 2.3.4), in characters. */
const LONGEST_NAME = 253;
/**
 * Text from the network as printable ASCII on one line: whatever else it holds becomes `?`. At most `most`
 * characters; undefined if nothing is left. A copy: a slice would keep all that it was cut from.
 */
function plainText(text, most) {
    const plain = text
        .trim()
        .slice(0, most)
        .replace(/[^\x20-\x7e]/g, '?')
        .trim();
    return plain === '' ? undefined : Buffer.from(plain, 'latin1').toString('latin1');
}

;// CONCATENATED MODULE: ./lib/scan/identify/certificate.js



/** Most names of one certificate that are kept. */
const MOST_NAMES = 20;
/** One entry of `subjectaltname`: a kind, then plain text or, where that could be misread, a JSON string. */
const ALTERNATIVE_NAME = /([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/gy;
/** One attribute of a distinguished name in Node's text: its short name and its value, with escapes (RFC 2253, 2.4). */
const ATTRIBUTE = /(?:^|\n| \+ )([\w.]+)=((?:\\[\s\S]|(?! \+ )[^\\\n])*)/g;
/**
 * What a finished handshake shows of the server. Nothing in it has been verified. Node's `getPeerCertificate` is not asked: it
 * ends the whole process where a key is on a curve without a NIST name, such as secp256k1 or brainpool (Node 24.21).
 */
function describeTls(secure) {
    const certificate = secure.getPeerX509Certificate();
    const issuer = certificate?.issuer;
    return {
        protocol: plainText(secure.getProtocol() ?? 'unknown', 20) ?? 'unknown',
        subject: attribute(certificate?.subject, 'CN'),
        issuer: attribute(issuer, 'CN') ?? attribute(issuer, 'O'),
        names: alternativeNames(certificate?.subjectAltName ?? ''),
        validTo: isoDate(certificate?.validTo),
    };
}
/**
 * Whether a certificate is a kubelet's: signed by the cluster for `system:node:NAME`, or made by the kubelet itself for
 * `NAME@SECONDS` (Kubernetes, client-go's util/cert; https://kubernetes.io/docs/reference/access-authn-authz/node/).
 * Its HTTP says no more than that it wants a login, or that there is no page.
 */
function isKubelet({ subject = '', issuer = '' }) {
    if (subject.startsWith('system:node:'))
        return true;
    const [, name] = /^([\w.-]+)@\d{10}$/.exec(subject) ?? [];
    return name !== undefined && name !== 'localhost' && issuer.startsWith(`${name}-ca@`);
}
/** The first value that a distinguished name, in Node's text, has of an attribute; undefined if there is none. */
function attribute(name, type) {
    for (const [, found, value = ''] of (name ?? '').matchAll(ATTRIBUTE)) {
        if (found === type)
            return plainText(withoutEscapes(value), LONGEST_NAME);
    }
    return undefined;
}
/** Control characters are two hex digits there, everything else stands for itself. */
function withoutEscapes(value) {
    return value.replace(/\\(?:([0-9A-F]{2})|([\s\S]))/g, (_, hex, plain = '') => hex === undefined ? plain : String.fromCharCode(Number.parseInt(hex, 16)));
}
/**
 * The DNS names and addresses in Node's text of the subjectAltName extension, in their order, at most 20.
 * Whatever follows an entry that cannot be read is left out.
 */
function alternativeNames(text) {
    const names = [];
    for (const [, kind, value = ''] of text.matchAll(ALTERNATIVE_NAME)) {
        const name = readName(kind, value);
        if (name !== undefined)
            names.push(name);
        if (names.length === MOST_NAMES)
            break;
    }
    return names;
}
function readName(kind, value) {
    const text = unquote(value);
    if (kind === 'DNS')
        return plainText(text, LONGEST_NAME);
    // Node takes an address with a zone for one, and a certificate has none (RFC 5280, 4.2.1.6).
    if (kind === 'IP Address' && (0,external_node_net_namespaceObject.isIP)(text) && !text.includes('%'))
        return ipaddr.parse(text).toString();
    return undefined;
}
function unquote(value) {
    if (!value.startsWith('"'))
        return value;
    try {
        return String(JSON.parse(value));
    }
    catch {
        return value;
    }
}
function isoDate(text) {
    const date = new Date(text ?? Number.NaN);
    return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/http-services.js
/**
 * Services recognised by distinctive text in their response to `GET /`; the first match wins.
 * From the projects' documentation and sources.
 */
const MARKS = [
    { service: 'elasticsearch', body: /"tagline"\s*:\s*"(?:You Know, for Search|The OpenSearch Project)/ },
    { service: 'elasticsearch', header: /^x-elastic-product: /im },
    { service: 'kibana', header: /^kbn-name: /im },
    { service: 'kibana', header: /^osd-name: /im },
    { service: 'couchdb', body: /^\{"couchdb":"Welcome"/ },
    { service: 'couchdb', header: /^server: CouchDB\//im },
    { service: 'influxdb', header: /^x-influxdb-version: /im },
    { service: 'clickhouse-http', header: /^x-clickhouse-(?:summary|server-display-name|format): /im },
    { service: 'neo4j', body: /"neo4j_version"\s*:/ },
    { service: 'arangodb', header: /^server: ArangoDB/im },
    { service: 'mongodb', body: /^It looks like you are trying to access MongoDB over HTTP/ },
    { service: 'qdrant', body: /^\{"title":"qdrant - vector search engine"/ },
    { service: 'solr', title: /^Solr Admin/ },
    { service: 'rabbitmq-management', title: /^RabbitMQ Management/ },
    { service: 'activemq-console', header: /^www-authenticate: basic realm="ActiveMQRealm"/im },
    { service: 'emqx-dashboard', title: /^EMQX Dashboard/ },
    { service: 'docker', header: /^server: Docker\//im },
    { service: 'docker', body: /^\{"Platform":\{"Name":"[^"]*","?.*"ApiVersion":/ },
    { service: 'docker', body: /^\{"message":"page not found"\}\s*$/ },
    { service: 'docker-registry', header: /^docker-distribution-api-version: /im },
    { service: 'kube-apiserver', body: /^\{\s*"kind":\s*"Status",\s*"apiVersion":\s*"v1"/ },
    { service: 'kube-apiserver', body: /^\{\s*"major":\s*"\d+",\s*"minor":\s*"[^"]+",[\s\S]*"gitVersion"/ },
    { service: 'kubernetes-dashboard', title: /^Kubernetes Dashboard/ },
    { service: 'etcd-client', body: /^\{"etcdserver":"[\d.]+/ },
    { service: 'consul', header: /^x-consul-/im },
    { service: 'consul', title: /^Consul\b/ },
    { service: 'nomad', title: /^Nomad\b/ },
    { service: 'vault', title: /^Vault\b/ },
    { service: 'portainer', title: /^Portainer/ },
    { service: 'minio', header: /^server: MinIO/im },
    { service: 'argo-workflows', title: /^Argo$/ },
    { service: 'weave-scope', title: /^Weave Scope/ },
    { service: 'grafana', title: /^Grafana/ },
    { service: 'grafana', header: /^set-cookie: (?:redirect_to|grafana_session)=/im },
    { service: 'prometheus', title: /^Prometheus Time Series/ },
    { service: 'prometheus', body: /^<a href="\/(?:graph|query)">Found<\/a>/ },
    { service: 'alertmanager', title: /^Alertmanager/ },
    { service: 'pushgateway', title: /^Prometheus Pushgateway/ },
    { service: 'node-exporter', title: /^Node Exporter/ },
    { service: 'netdata', header: /^server: Netdata /im },
    { service: 'jaeger', title: /^Jaeger UI/ },
    { service: 'zipkin', title: /^Zipkin/ },
    { service: 'splunkd', header: /^server: Splunkd/im },
    { service: 'jenkins', header: /^x-jenkins: /im },
    { service: 'teamcity', header: /^teamcity-node-id: /im },
    { service: 'sonarqube', title: /^SonarQube/ },
    { service: 'nexus', header: /^server: Nexus\//im },
    { service: 'gocd', header: /^location: [^\r\n]*\/go\//im },
    { service: 'selenium', title: /^Selenium Grid/ },
    { service: 'node-inspector', body: /^WebSockets request was expected/ },
    { service: 'confluence', header: /^x-confluence-request-time: /im },
    { service: 'jupyter', title: /^(?:Jupyter|JupyterLab|Home Page - Select or create a notebook)/ },
    { service: 'ollama', body: /^Ollama is running/ },
    { service: 'ray', title: /^Ray Dashboard/ },
    { service: 'mlflow', title: /^MLflow/ },
    { service: 'langflow', title: /^Langflow/ },
    { service: 'comfyui', title: /^ComfyUI/ },
    { service: 'airflow', title: /^(?:Sign In - )?Airflow/ },
    { service: 'rstudio', title: /^RStudio/ },
    { service: 'tensorboard', title: /^TensorBoard/ },
    { service: 'yarn', title: /^All Applications/ },
    { service: 'hdfs', title: /^(?:Namenode information|Hadoop Administration)/ },
    { service: 'home-assistant', title: /^Home Assistant/ },
    { service: 'plex', header: /^x-plex-protocol: /im },
    { service: 'syncthing', header: /^x-syncthing-version: /im },
    { service: 'ipp', header: /^server: [^\r\n]*\bCUPS\//im },
    { service: 'webmin', header: /^server: MiniServ\//im },
    { service: 'proxmox', header: /^server: pve-api-daemon\//im },
    { service: 'whm', title: /^WHM\b/ },
    { service: 'cpanel', header: /^server: cpsrvd/im },
    { service: 'weblogic', header: /^x-powered-by: Servlet\/[^\r\n]* WebLogic/im },
    { service: 'squid', header: /^x-squid-error: /im },
    { service: 'squid', header: /^server: squid/im },
];
/** The service behind an answer, where its own words tell; undefined for a web server like any other. */
function recogniseHttpService({ headers, body, title = '' }) {
    return MARKS.find((mark) => mark.header?.test(headers) || mark.body?.test(body) || mark.title?.test(title))
        ?.service;
}

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/http.js


const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})(?:[ \r\n]|$)/;
const END_OF_HEADERS = /\r?\n\r?\n/;
const SERVER = /^server:[ \t]*([^\r\n]*)/im;
const TITLE = /<title[^>]{0,200}>([^<]{0,200})<\/title>/i;
const LENGTH = /^content-length:[ \t]*(\d{1,9})\s*$/im;
/**
 * Who answers so to `GET /` may be an interface that says more of itself elsewhere: etcd, Docker. Go's own words for
 * a page that is not there, or an answer that is no page.
 */
const SAYS_NOTHING = /^(?:404 page not found\s*|\{"message":"page not found"\}\s*)$/;
/** In place of a service: ask for the page with the version. */
const HTTP_VERSION = 'http-version';
/** HTTP/1.x (RFC 9112). What has no status line is not called HTTP, even where it looks like HTML. */
const http = {
    service: 'http',
    recognise(heard) {
        if (!heard.toString('latin1', 0, 5).startsWith('HTTP/'))
            return undefined;
        const text = heard.toString('latin1');
        const status = STATUS_LINE.exec(text)?.[1];
        if (status === undefined)
            return undefined;
        const end = END_OF_HEADERS.exec(text);
        const headers = end ? text.slice(0, end.index) : text.slice(0, text.lastIndexOf('\n') + 1);
        const body = end ? text.slice(end.index + end[0].length) : '';
        const answer = { status: Number(status), headers, body, title: TITLE.exec(body)?.[1] };
        return {
            product: SERVER.exec(headers)?.[1],
            as: recogniseHttpService(answer),
            http: { status: answer.status, title: answer.title },
            more: !end || isBodyMissing(answer),
            // Many TLS servers (nginx, Apache, Go, Tomcat) answer a request in plain HTTP with status 400, in plain HTTP.
            askFirst: status === '400' ? 'tls' : SAYS_NOTHING.test(body) ? HTTP_VERSION : undefined,
        };
    },
    greeting: askFor('/', 2_500),
    tellsMore: true,
};
/** The same, asked for the page on which servers without a front page tell what they are. */
const httpVersion = {
    service: http.service,
    recognise: () => undefined,
    greeting: { ...askFor('/version', 1_000), recognise: http.recognise },
};
/** A page may take its time. */
function askFor(path, patienceMs) {
    return {
        // Redis takes a line that begins with `Host:` for an attack, logs it so and hangs up; but it complains about
        // the request line at once, so the rest is only sent if there was no complaint.
        parts: (target) => [
            `GET ${path} HTTP/1.1\r\n`,
            `Host: ${hostOf(target)}\r\nUser-Agent: portgate\r\nAccept: */*\r\nConnection: close\r\n\r\n`,
        ],
        patienceMs,
    };
}
/** Whether more of the body will come that could tell something. */
function isBodyMissing({ headers, body, title }) {
    const length = LENGTH.exec(headers)?.[1];
    return title === undefined && (length === undefined || body.length < Number(length));
}
/** The `Host` of a request (RFC 9112, section 3.2); the default ports of HTTP and HTTPS are left out. */
function hostOf({ address, port, serverName }) {
    const host = serverName ?? ((0,external_node_net_namespaceObject.isIPv6)(address) ? `[${address}]` : address);
    return port === 80 || port === 443 ? host : `${host}:${port}`;
}

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/ajp.js
/** AJP's CPing, to which a CPong is the answer (Apache Tomcat Connectors, AJPv13). */
const ajp = {
    service: 'ajp',
    recognise: (heard) => (heard.toString('latin1', 0, 5) === 'AB\0\x01\x09' ? {} : undefined),
    greeting: { parts: () => [Buffer.from('123400010a', 'hex')], patienceMs: 700 },
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/amqp.js
/** Protocol 0, version 0.9.1. */
const HEADER = Buffer.from('414d515000000901', 'hex');
/** Class 10, method 10: Connection.Start. */
const START = 0x000a_000a;
/** Among the properties of the server: a name with its length in front, and the type of a long string (4.2.5). */
const PRODUCT = Buffer.concat([Buffer.of(7), Buffer.from('productS')]);
/**
 * AMQP 0-9-1 (4.2.2): the client sends the protocol header, and the server begins with Connection.Start, a method
 * frame of class 10, method 10, or with a header of its own where it wants another version or hears something else.
 */
const amqp = {
    service: 'amqp',
    recognise(heard) {
        if (heard.toString('latin1', 0, 4) === 'AMQP')
            return heard.length === 8 && (heard[4] ?? 9) <= 3 ? {} : undefined;
        if (heard.length < 11 || heard[0] !== 1 || heard.readUInt16BE(1) !== 0)
            return undefined;
        if (heard.readUInt32BE(7) !== START)
            return undefined;
        const at = heard.indexOf(PRODUCT);
        const from = at + PRODUCT.length + 4;
        if (at < 0 || heard.length < from)
            return { more: heard.length < 7 + heard.readUInt32BE(3) };
        return { product: heard.toString('latin1', from, from + Math.min(40, heard.readUInt32BE(from - 4))) };
    },
    greeting: { parts: () => [HEADER], patienceMs: 700 },
    toStrangers: 'answers',
    tellsMore: true,
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/banners.js
/** The longest first words that are looked at, in bytes. */
const ENOUGH = 512;
/**
 * A server that speaks first, told by how it begins. Nothing is ever sent to it.
 *
 * @param pattern of all that was said so far, from the start; its first group is what the server calls itself
 */
function banner(service, pattern) {
    return {
        service,
        recognise(heard) {
            const found = pattern.exec(heard.toString('latin1', 0, ENOUGH));
            return found ? { product: found[1] } : undefined;
        },
    };
}
/** Services that say what they are as soon as somebody connects. The first that fits wins. */
const banners = [
    // RFC 959, 5.4 and RFC 5321, 4.2: both begin with 220, and say in words which they are.
    banner('vmware-authd', /^220 (VMware Authentication Daemon[^\r\n,]*)/),
    banner('smtp', /^220[ -][^\r\n]*?\bE?SMTP\b[ ;:]*([^\r\n]*)\r?\n/),
    banner('smtp', /^220[ -][^\r\n]*?\b((?:Postfix|Exim|Sendmail)[^\r\n]*)\r?\n/i),
    banner('smtp', /^(?:421|554)[ -][^\r\n]*\b(E?SMTP)\b[^\r\n]*\r?\n/),
    // OpenSSH to whom it will not talk now.
    banner('ssh', /^(?:Exceeded MaxStartups|Not allowed at this time)\r?\n/),
    banner('ftp', /^220[ -][^\r\n]*?\(?((?:[\w-]*ftpd?|FileZilla)\b[^\r\n)]*)/i),
    banner('ftp', /^(?:220-[^\r\n]*\r?\n){1,8}220[ -][^\r\n]*?((?:[\w-]*ftpd?|FileZilla)\b[^\r\n)]*)/i),
    // RFC 1939, 4; ManageSieve (RFC 5804) and IMAP (RFC 9051, 7.1) are told by how they begin as well.
    banner('pop3', /^\+OK(?: ([^\r\n]*))?\r?\n/),
    banner('imap', /^\* (?:OK|PREAUTH|BYE)(?: \[[^\]\r\n]*\])? ?([^\r\n]*)\r?\n/),
    banner('sieve', /^"IMPLEMENTATION" "([^"\r\n]*)"/),
    // RFC 3977, 5.1.
    banner('nntp', /^20[01] [^\r\n]*?((?:InterNetNews|INN\b|NNTP)[^\r\n]*)\r?\n/i),
    // RFC 6143, 7.1.1.
    banner('rfb', /^RFB (\d{3}\.\d{3})\n/),
    // RFC 854: IAC, then WILL, WON'T, DO or DON'T, and an option.
    banner('telnet', /^(?:\xff[\xfb-\xfe][\s\S]){1,}/),
    // rsync(1), `csprotocol.txt`.
    banner('rsync', /^@RSYNCD: (\d+(?:\.\d+)?)/),
    // https://docs.nats.io/reference/reference-protocols/nats-protocol
    banner('nats', /^INFO \{"server_id":.*?"version":"([^"]*)"/),
    // https://svn.apache.org/repos/asf/subversion/trunk/subversion/libsvn_ra_svn/protocol
    banner('svn', /^\( success \( \d+ \d+ \( /),
    banner('munin', /^# munin node at/),
    banner('asterisk-ami', /^Asterisk Call Manager\/([\d.]+)\r?\n/),
    banner('checkmk-agent', /^<<<check_mk>>>\nVersion: ([\w.]+)/),
    // RFC 2812, 2.3.1: a notice before the registration.
    banner('ircu', /^(?::[\w.-]+ )?NOTICE (?:AUTH|\*) :/),
    // A frame's length and type, then its magic word:
    // https://activemq.apache.org/components/classic/documentation/openwire-version-2-specification
    banner('activemq', /^[\s\S]{5}ActiveMQ[\s\S]{4}/),
];

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/bolt.js
/** Neo4j's Bolt handshake (https://neo4j.com/docs/bolt/current/bolt/handshake/): a magic word, then four versions. */
const HANDSHAKE = Buffer.from('6060b017' + '00000404' + '00000304' + '00000104' + '00000003', 'hex');
/** Bolt: the version that was agreed on, or none of them. */
const bolt = {
    service: 'bolt',
    recognise: () => undefined,
    greeting: {
        parts: () => [HANDSHAKE],
        patienceMs: 700,
        recognise(heard) {
            const [range, padding, minor, major] = heard;
            const isVersion = range === 0 && padding === 0 && (minor ?? 9) <= 8 && major !== undefined && major >= 1 && major <= 9;
            return heard.length === 4 && isVersion ? {} : undefined;
        },
    },
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/cassandra.js
/** OPTIONS in version 4 of the CQL binary protocol (native_protocol_v4.spec, 4.1.3); it comes before any login. */
const OPTIONS = Buffer.from('040000000500000000', 'hex');
/** Cassandra and what speaks CQL: a response (0x8?) that is SUPPORTED (6) or ERROR (0) to stream 0. */
const cassandra = {
    service: 'cassandra',
    recognise(heard) {
        if (heard.length < 9 || ((heard[0] ?? 0) & 0xf0) !== 0x80 || heard.readUInt16BE(2) !== 0)
            return undefined;
        if (heard[4] === 6)
            return heard.includes('CQL_VERSION') ? {} : { more: true };
        return heard[4] === 0 && heard.includes('protocol version') ? {} : undefined;
    },
    greeting: { parts: () => [OPTIONS], patienceMs: 700 },
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/dns.js
/** The name servers of the root, asked without recursion, with its length in front (RFC 1035, 4.1.1 and 4.2.2). */
const QUERY = Buffer.from('0011' + '7067' + '0000' + '0001000000000000' + '0000020001', 'hex');
/** DNS: a message with our id that is an answer, whatever the answer is. */
const dns = {
    service: 'domain',
    recognise: (heard) => heard.length >= 14 && heard.readUInt16BE(2) === 0x7067 && ((heard[4] ?? 0) & 0xf8) === 0x80
        ? {}
        : undefined,
    greeting: { parts: () => [QUERY], patienceMs: 700 },
    toStrangers: 'waits',
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/epmd.js
/** NAMES_REQ (Erlang distribution protocol, 13.2): which nodes there are. */
const REQUEST = Buffer.from('00016e', 'hex');
/** Erlang's port mapper: its own port in four bytes, then a line for each node. */
const epmd = {
    service: 'epmd',
    recognise: () => undefined,
    greeting: {
        parts: () => [REQUEST],
        patienceMs: 700,
        recognise(heard) {
            if (heard.length < 4 || heard.readUInt16BE(0) !== 0)
                return undefined;
            return heard.length === 4 || /^name \S+ at port \d+\n/.test(heard.toString('latin1', 4))
                ? {}
                : undefined;
        },
    },
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/kafka.js
const CORRELATION = 0x7067;
/** ApiVersions, version 0 (https://kafka.apache.org/protocol#The_Messages_ApiVersions): key 18, no client's name. */
const kafka_REQUEST = Buffer.from('0000000a00120000' + '00007067' + 'ffff', 'hex');
/** Kafka: the length, our correlation id, an error code and a list of interfaces. */
const kafka = {
    service: 'kafka',
    recognise(heard) {
        if (heard.length < 14 || heard.readUInt32BE(4) !== CORRELATION)
            return undefined;
        const length = heard.readUInt32BE(0);
        return length >= 10 && length < 65_536 && (heard.readUInt16BE(8) === 0 || heard.readUInt16BE(8) === 35)
            ? {}
            : undefined;
    },
    greeting: { parts: () => [kafka_REQUEST], patienceMs: 700 },
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/ldap.js
/**
 * An anonymous search for the root of the directory (RFC 4511, 4.5.1; RFC 4512, 5.1): message 1, base '', the object
 * itself, one second, the attribute supportedLDAPVersion.
 */
const SEARCH = Buffer.from('303b' +
    '020101' +
    '6336' +
    '04000a01000a0100020101020101010100' +
    '870b6f626a656374436c617373' +
    '30160414737570706f727465644c44415056657273696f6e', 'hex');
/** LDAP: an entry or the end of a search (RFC 4511, 4.5.2), or a notice of disconnection, to message 1 or 0. */
const ldap = {
    service: 'ldap',
    recognise(heard) {
        if (heard[0] !== 0x30)
            return undefined;
        const long = (heard[1] ?? 0) & 0x80 ? heard[1] & 0x7f : 0;
        const [tag, length, id, operation] = heard.subarray(2 + long, 6 + long);
        const isAnswer = operation === 0x64 || operation === 0x65 || operation === 0x78;
        return tag === 2 && length === 1 && (id ?? 2) <= 1 && isAnswer ? {} : undefined;
    },
    greeting: { parts: () => [SEARCH], patienceMs: 700 },
    toStrangers: 'waits',
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/memcache.js
/** Memcached's text protocol: https://github.com/memcached/memcached/blob/master/doc/protocol.txt */
const memcache = {
    service: 'memcache',
    recognise(heard) {
        const text = heard.toString('latin1', 0, 64);
        const found = /^VERSION ([^\r\n]{1,40})\r\n/.exec(text);
        if (found)
            return { product: found[1] };
        return text.startsWith('ERROR\r\n') ? { isHunch: true } : undefined;
    },
    greeting: { parts: () => ['version\r\n'], patienceMs: 700 },
    toStrangers: 'answers',
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/mongodb.js
/** Opcodes of MongoDB's wire protocol: the answer to an OP_QUERY, and the query itself. */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const REQUEST_ID = 0x7067;
/**
 * MongoDB's handshake, `{ isMaster: 1 }` to `admin.$cmd`. OP_QUERY is old, but every version takes it for this
 * (https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/), and it asks for no login.
 */
const mongodb = {
    service: 'mongodb',
    recognise(heard) {
        if (heard.length < 36 || heard.readInt32LE(12) !== OP_REPLY)
            return undefined;
        if (heard.readInt32LE(8) !== REQUEST_ID)
            return undefined;
        return heard.includes('maxBsonObjectSize') || heard.includes('ismaster') ? {} : undefined;
    },
    greeting: { parts: () => [askIsMaster()], patienceMs: 700 },
};
function askIsMaster() {
    const element = Buffer.from('\x10isMaster\0\x01\0\0\0', 'latin1');
    const document = Buffer.concat([int32(element.length + 5), element, Buffer.of(0)]);
    const body = Buffer.concat([int32(0), Buffer.from('admin.$cmd\0'), int32(0), int32(-1), document]);
    return Buffer.concat([int32(16 + body.length), int32(REQUEST_ID), int32(0), int32(OP_QUERY), body]);
}
function int32(value) {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return bytes;
}

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/mqtt.js
/** CONNECT of MQTT 3.1.1 (3.1): clean session, no user, no will, an empty name, which the server then chooses. */
const CONNECT = Buffer.from('100c00044d5154540402003c0000', 'hex');
/** MQTT: CONNACK, two bytes long, with a return code from 0 to 5 (3.2). */
const mqtt = {
    service: 'mqtt',
    recognise: () => undefined,
    greeting: {
        parts: () => [CONNECT],
        patienceMs: 700,
        recognise: (heard) => heard.length === 4 && heard[0] === 0x20 && heard[1] === 2 && (heard[3] ?? 9) <= 5 ? {} : undefined,
    },
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/mssql.js
/** TDS packet types and the end of a list of options (MS-TDS, 2.2.3.1 and 2.2.6.5). */
const PRELOGIN = '12';
const RESPONSE = 4;
const VERSION = 0;
/** PRELOGIN with two options: VERSION (six zeros) and ENCRYPTION (not supported), then the end. */
const mssql_REQUEST = Buffer.from(`${PRELOGIN}01001a00000100${'00000b0006'}${'0100110001'}ff${'000000000000'}02`, 'hex');
/** Microsoft SQL Server: it answers a PRELOGIN with its own, which begins with its version. */
const mssql = {
    service: 'ms-sql-s',
    recognise: () => undefined,
    greeting: {
        parts: () => [mssql_REQUEST],
        patienceMs: 700,
        recognise(heard) {
            if (heard.length < 14 || heard[0] !== RESPONSE || heard[1] !== 1 || heard[8] !== VERSION)
                return undefined;
            const at = 8 + heard.readUInt16BE(9);
            return heard.length < at + 4
                ? { more: true }
                : { product: [heard[at], heard[at + 1], heard.readUInt16BE(at + 2)].join('.') };
        },
    },
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/mysql.js
/** Payload length (3 bytes, little-endian) and sequence number, before every packet. */
const mysql_HEADER = 4;
const HANDSHAKE_V10 = 10;
const ERR = 0xff;
/** The longest server version that is believed, in bytes; real ones have up to about 60. */
const LONGEST_VERSION = 200;
/**
 * Errors that a server may send in place of its handshake: 1040 too many connections, 1042 and 1043 bad host and bad
 * handshake, 1129 host blocked, 1130 host not allowed, 1158 to 1161 network errors (MySQL Server Error Reference).
 */
const REFUSALS = new Set([1040, 1042, 1043, 1129, 1130, 1158, 1159, 1160, 1161]);
/**
 * MySQL and MariaDB. The server speaks first, and nothing is ever sent to it. A connection that ends before the
 * login is done counts against the client's address, and after `max_connect_errors` of them in a row (100 unless
 * set) MySQL blocks that address: so one connection is made, and it is closed as soon as the server is recognised.
 */
const mysql = {
    service: 'mysql',
    recognise(heard) {
        if (heard.length <= mysql_HEADER || heard[3] !== 0)
            return undefined;
        const payload = heard.subarray(mysql_HEADER, mysql_HEADER + heard.readUIntLE(0, 3));
        if (payload[0] === HANDSHAKE_V10)
            return recogniseHandshake(payload);
        if (payload[0] === ERR && payload.length > 3 && REFUSALS.has(payload.readUInt16LE(1)))
            return {};
        return undefined;
    },
};
/** Protocol 10: version up to a NUL, connection id (4 bytes), challenge (8 bytes), a NUL, capabilities (2 bytes). */
function recogniseHandshake(payload) {
    const end = payload.subarray(0, LONGEST_VERSION).indexOf(0);
    const filler = end + 1 + 4 + 8;
    if (end < 2 || payload[filler] !== 0 || payload.length < filler + 3)
        return undefined;
    // MariaDB before 11 puts `5.5.5-` in front, for replicas that take a major version of two digits for one.
    return { product: payload.toString('latin1', 1, end).replace(/^5\.5\.5-(?=\d+\.)/, '') };
}

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/postgresql.js
/** SSLRequest (PostgreSQL, 54.7): length 8, code 80877103. */
const SSL_REQUEST = Buffer.from('0000000804d2162f', 'hex');
/** PostgreSQL and what speaks its protocol. The answer to SSLRequest is one byte: S for TLS, N for none, or an error. */
const postgresql = {
    service: 'postgresql',
    recognise: () => undefined,
    greeting: {
        parts: () => [SSL_REQUEST],
        patienceMs: 700,
        recognise(heard) {
            const text = heard.toString('latin1', 0, 64);
            return /^[SN]$/.test(text) || /^E\0\0[\s\S]{2}S(?:FATAL|ERROR)\0/.test(text) ? {} : undefined;
        },
    },
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/rdp.js
/**
 * An X.224 connection request in TPKT, with the negotiation of RDP that offers TLS, CredSSP and both (MS-RDPBCGR,
 * 2.2.1.1). No cookie: that would name a user.
 */
const rdp_REQUEST = Buffer.from('030000130ee000000000000100080003000000', 'hex');
/** Some servers answer what they can't read with the end of the conversation (T.125: DisconnectProviderUltimatum). */
const ULTIMATUM = Buffer.from('0300000902f08021', 'hex');
/** Remote Desktop: TPKT version 3, then an X.224 connection confirm (MS-RDPBCGR, 2.2.1.2). */
const rdp = {
    service: 'ms-wbt-server',
    recognise: (heard) => (heard.subarray(0, ULTIMATUM.length).equals(ULTIMATUM) ? {} : undefined),
    greeting: {
        parts: () => [rdp_REQUEST],
        patienceMs: 1_000,
        recognise: (heard) => heard.length >= 11 && heard[0] === 3 && heard[1] === 0 && heard[5] >> 4 === 0xd
            ? {}
            : undefined,
    },
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/redis.js
/**
 * `PONG`, or an error reply in Redis's words (the texts are in redis/src: server.c, networking.c, acl.c). POP3 and
 * NATS have `-ERR` too, with other texts.
 */
const REPLY = new RegExp([
    String.raw `^\+PONG\r\n`,
    '^-(?:NOAUTH|NOPERM|DENIED|LOADING|BUSY|MISCONF|MASTERDOWN) ',
    "^-ERR (?:unknown command ['`]|wrong number of arguments for |operation not permitted|max number of clients |Protocol error: )",
].join('|'));
/** The longest of the words above. */
const redis_ENOUGH = 64;
/** Redis, and what speaks its protocol (Valkey, KeyDB, Dragonfly). */
const redis = {
    service: 'redis',
    recognise(heard) {
        const text = heard.toString('latin1', 0, redis_ENOUGH);
        if (REPLY.test(text))
            return {};
        return text.startsWith('-ERR ') ? { isHunch: true } : undefined;
    },
    greeting: {
        parts: () => ['PING\r\n'],
        patienceMs: 800,
    },
    toStrangers: 'answers',
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/rpc.js
/** Programs and versions (RFC 1833; RFC 7530): the port mapper, and NFS. */
const PORTMAPPER = [100_000, 2];
const NFS = [100_003, 3];
const NFS_4 = [100_003, 4];
/** A call of procedure 0, which does nothing, in one record (RFC 5531, 9 and 11); its id is the program's number. */
function callNull([program, version]) {
    const words = [0x8000_0028, program, 0, 2, program, version, 0, 0, 0, 0, 0];
    const bytes = Buffer.alloc(words.length * 4);
    for (const [index, word] of words.entries())
        bytes.writeUInt32BE(word, index * 4);
    return bytes;
}
/** Answers that were accepted with success: record mark, id, reply (1), accepted (0), a verifier, success (0). */
function recogniseReply(heard, program) {
    for (let at = 0; at + 28 <= heard.length; at += 28) {
        const words = Array.from({ length: 7 }, (_, index) => heard.readUInt32BE(at + index * 4));
        if (words[0] === 0x8000_0018 &&
            words[1] === program &&
            words[2] === 1 &&
            words[3] === 0 &&
            words[6] === 0)
            return {};
    }
    return undefined;
}
/** The port mapper (rpcbind). */
const sunrpc = {
    service: 'sunrpc',
    recognise: (heard) => recogniseReply(heard, PORTMAPPER[0]),
    greeting: {
        parts: () => [Buffer.concat([callNull(PORTMAPPER), callNull(NFS), callNull(NFS_4)])],
        patienceMs: 700,
    },
};
/** NFS; it answers the same greeting. */
const nfs = {
    service: 'nfs',
    greetedAs: sunrpc.service,
    recognise: (heard) => recogniseReply(heard, NFS[0]),
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/rtsp.js
/** RTSP (RFC 2326, 7.1; RFC 7826): the status line says what it is. */
const rtsp = {
    service: 'rtsp',
    recognise(heard) {
        const text = heard.toString('latin1', 0, 1_024);
        if (!/^RTSP\/\d\.\d \d{3}/.test(text))
            return undefined;
        return { product: /\nserver:[ \t]*([^\r\n]*)/i.exec(text)?.[1] };
    },
    greeting: { parts: () => ['OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n'], patienceMs: 700 },
    toStrangers: 'waits',
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/smb.js
/** The dialects 2.0.2, 2.1, 3.0 and 3.0.2; 3.1.1 would need more than the names. */
const DIALECTS = '0202100200030203';
/**
 * SMB2 NEGOTIATE (MS-SMB2, 2.2.3) in a direct TCP frame: a header of 64 bytes, all zero but for what it has to be,
 * then four dialects. A negotiation says nothing of who asks.
 */
const smb_REQUEST = Buffer.from('0000006c' + // 64 + 36 + 8 bytes
    `fe534d424000${'00'.repeat(58)}` +
    `2400040001000000${'00000000'}${'00'.repeat(16)}${'00'.repeat(8)}` +
    DIALECTS, 'hex');
/** Where the flags of the two headers are, and the bit that makes a message an answer (MS-SMB2, 2.2.1; MS-CIFS, 2.2.3.1). */
const FLAGS = { '\xfeSMB': { at: 20, bit: 0x01 }, '\xffSMB': { at: 13, bit: 0x80 } };
/** SMB: a frame with the header of an answer in SMB 2 or, from servers that know no better, SMB 1. */
const smb = {
    service: 'microsoft-ds',
    recognise(heard) {
        if (heard[0] !== 0)
            return undefined;
        const flags = FLAGS[heard.toString('latin1', 4, 8)];
        return flags && (heard[flags.at] ?? 0) & flags.bit ? {} : undefined;
    },
    greeting: { parts: () => [smb_REQUEST], patienceMs: 1_000 },
    toStrangers: 'waits',
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/snmp.js
/**
 * SNMP 3 over TCP: the discovery of an engine (RFC 3414, 4; RFC 3430), which needs no community and no user. Message
 * 3, an id, 65,507 bytes, reportable, the user-based model, all names empty, a GetRequest for nothing.
 */
const DISCOVERY = Buffer.from('303a020103' +
    '300f02024a69020300ffe3040104020103' +
    '0410300e0400020100020100040004000400' +
    '301204000400a00c020237f00201000201003000', 'hex');
/** SNMP: a sequence that begins with version 3, and a report (0xA8) in it. */
const snmp = {
    service: 'snmp',
    recognise(heard) {
        if (heard[0] !== 0x30 || heard.length < 20)
            return undefined;
        const from = (heard[1] ?? 0) & 0x80 ? 2 + (heard[1] & 0x7f) : 2;
        const isThree = heard[from] === 2 && heard[from + 1] === 1 && heard[from + 2] === 3;
        return isThree && heard.includes(0xa8) ? {} : undefined;
    },
    greeting: { parts: () => [DISCOVERY], patienceMs: 700 },
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/socks.js
/** A SOCKS 5 proxy (RFC 1928, 3): offered no login or a password, it picks one of them or refuses both. */
const socks = {
    service: 'socks',
    recognise: () => undefined,
    greeting: {
        parts: () => [Buffer.of(5, 2, 0, 2)],
        patienceMs: 700,
        recognise: (heard) => heard.length === 2 && heard[0] === 5 && [0, 2, 0xff].includes(heard[1] ?? 1) ? {} : undefined,
    },
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/ssh.js
/** `SSH-protoversion-softwareversion SP comments CR LF`, after any other lines (RFC 4253, section 4.2). */
const IDENTIFICATION = /(?:^|\n)SSH-\d\.\d+-([^\s]{1,255})[^\n]{0,255}(\n?)/;
/** The server speaks first, so there is no greeting. */
const ssh = {
    service: 'ssh',
    recognise(heard) {
        if (!heard.includes('SSH-'))
            return undefined;
        const found = IDENTIFICATION.exec(heard.toString('latin1'));
        if (!found)
            return undefined;
        const [, product, whole] = found;
        return whole ? { product } : { more: true };
    },
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/tls.js
const ALERT = 21;
const tls_HANDSHAKE = 22;
const SERVER_HELLO = 2;
/**
 * A TLS record of a server (RFC 8446, section 5.1; RFC 5246, section 6.2.1): type, version 3.x, length; then a
 * ServerHello, or an alert of two bytes of which the first is warning or fatal. A ClientHello that is echoed is not
 * one.
 */
const tls = {
    service: 'tls',
    recognise(heard) {
        if (heard.length < 7 || heard[1] !== 3 || (heard[2] ?? 0) > 4)
            return undefined;
        if (heard[0] === tls_HANDSHAKE)
            return heard[5] === SERVER_HELLO ? {} : undefined;
        const alert = heard[0] === ALERT && heard.readUInt16BE(3) === 2 && (heard[5] === 1 || heard[5] === 2);
        return alert ? {} : undefined;
    },
    greeting: 'handshake',
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/x11.js
/** X11's connection setup (X Window System Protocol, chapter 8): little-endian, version 11.0, no authorization. */
const SETUP = Buffer.from('6c000b000000000000000000', 'hex');
/** X11: failed, success or authenticate, and then the version 11. */
const x11 = {
    service: 'x11',
    recognise: () => undefined,
    greeting: {
        parts: () => [SETUP],
        patienceMs: 700,
        recognise: (heard) => heard.length >= 8 && (heard[0] ?? 9) <= 2 && heard.readUInt16LE(2) === 11 ? {} : undefined,
    },
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/zookeeper.js
/** ZooKeeper's four-letter words; since 3.5.3 most are refused, in words that tell it too (ZooKeeper Administrator's Guide). */
const zookeeper = {
    service: 'zookeeper',
    recognise(heard) {
        return /^(?:imok|ruok is not executed because)/.test(heard.toString('latin1', 0, 40)) ? {} : undefined;
    },
    greeting: { parts: () => ['ruok'], patienceMs: 700 },
};

;// CONCATENATED MODULE: ./lib/scan/identify/protocols/index.js



























/**
 * What can be recognised. The first that recognises an answer wins, and a silent port gets the greetings in this
 * order: TLS and HTTP, which most answer or tell themselves from others by, and then what is common first. SSH comes
 * last: its line may follow any others, so it could be found in somebody's web page.
 */
const PROTOCOLS = [
    mysql,
    ...banners,
    tls,
    redis,
    http,
    memcache,
    smb,
    postgresql,
    ldap,
    rdp,
    mssql,
    mqtt,
    socks,
    dns,
    kafka,
    zookeeper,
    sunrpc,
    nfs,
    snmp,
    x11,
    rtsp,
    mongodb,
    epmd,
    bolt,
    ajp,
    amqp,
    cassandra,
    ssh,
];
/**
 * What may be asked for inside TLS, in this order. What TLS is no part of is left out (SMB, Remote Desktop, which starts
 * it itself, RPC), and so is what speaks first, which is listened to.
 */
const INSIDE_TLS = [
    http,
    ldap,
    mqtt,
    dns,
    redis,
    amqp,
    memcache,
    rtsp,
    postgresql,
    mongodb,
    kafka,
    cassandra,
    bolt,
    zookeeper,
    mssql,
    socks,
].filter(isGreeter);
function isGreeter(protocol) {
    return typeof protocol.greeting === 'object';
}
/** The names of services when TLS carries them. */
const OVER_TLS = {
    http: 'https',
    imap: 'imaps',
    pop3: 'pop3s',
    smtp: 'submissions',
    ftp: 'ftps',
    ldap: 'ldaps',
    amqp: 'amqps',
    mqtt: 'secure-mqtt',
};
/** The name of a service when TLS carries it. */
function nameOverTls(service) {
    return OVER_TLS[service] ?? service;
}
/** The service that the words belong to, by whatever protocol knows them. */
function recognise(heard) {
    for (const { service, recognise } of PROTOCOLS) {
        const recognition = recognise(heard);
        if (recognition)
            return { service, ...recognition };
    }
    return undefined;
}
/** Whether the number of a port suggests a server that speaks first, so that waiting for it is worth while. */
function speaksFirst(hint) {
    return PROTOCOLS.some(({ service, greeting, greetedAs }) => service === hint && !greeting && !greetedAs);
}
/** The protocols that a silent port may be greeted by, the one that its number suggests first. */
function listGreeters(suggested) {
    const hint = PROTOCOLS.find(({ service }) => service === suggested)?.greetedAs ?? suggested;
    const silent = PROTOCOLS.filter(({ greeting }) => greeting);
    // What is known to carry TLS is asked for TLS first.
    const isCarried = hint !== undefined && Object.values(OVER_TLS).includes(hint);
    const first = isCarried ? [tls] : silent.filter(({ service }) => isHinted(service, hint));
    return [...new Set([...first, tls, http, ...silent])];
}
/** What the port's number says that TLS carries, HTTP where it says nothing. */
function findInner(hint) {
    return INSIDE_TLS.find(({ service }) => isHinted(service, hint)) ?? http;
}
/** Whether a service is the one that the port's number suggests, or that one inside TLS. */
function isHinted(service, hint) {
    return hint !== undefined && (service === hint || OVER_TLS[service] === hint);
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
;// CONCATENATED MODULE: ./lib/scan/identify/tls.js





/** How long the first byte of the answer to a ClientHello may take, in milliseconds. */
const PATIENCE_MS = 1_200;
/** How long the whole handshake may take, in milliseconds. */
const HANDSHAKE_MS = 3_000;
/**
 * Most bytes that are taken from one TLS connection, several times the largest chains of certificates in use; and so many of
 * them in the thread that listens to everybody else. A chain that is made to be slow to verify takes 200 ms by its keys, and
 * 1.2 s by a thousand names and name constraints in each certificate, if it has all these bytes (Node 24, AMD EPYC): the time
 * grows with their square, so that it takes less than 100 ms if it has a quarter. A chain in use has 3 to 6 KiB.
 */
const tls_MOST_BYTES = 65_536;
const MOST_BYTES_HERE = 16_384;
/** What the server has sent takes about 5 ms to work through: from here on it counts as expensive, in milliseconds. */
const DEAR_MS = 50;
/** How much expensive work a host may cause, in milliseconds. After that its TLS is seen and no longer worked through. */
const MOST_DEAR_MS = 1_000;
/**
 * The handshake is there to see what a server is and not to trust it, so old servers are to be seen as well:
 * TLS 1.0, weak ciphers and keys, no secure renegotiation (RFC 5746). No secret is ever sent.
 *
 * What makes this machine compute is left out: Diffie-Hellman over a modulus of the server's choice (10,000 bits take
 * half a second) or of 8,192 bits, and handshakes without end on one connection. A server that offers nothing else
 * refuses, and is seen to speak TLS. Nobody is trusted, so that no roots are loaded.
 */
let context;
function getContext() {
    context ??= (0,external_node_tls_namespaceObject.createSecureContext)({
        ca: [],
        minVersion: 'TLSv1',
        ciphers: 'DEFAULT:!kDHE@SECLEVEL=0',
        ecdhCurve: 'X25519:P-256:X448:P-384:P-521',
        secureOptions: external_node_crypto_namespaceObject.constants.SSL_OP_LEGACY_SERVER_CONNECT | external_node_crypto_namespaceObject.constants.SSL_OP_NO_RENEGOTIATION,
    });
    return context;
}
/**
 * Starts TLS on a connection that was silent so far, and listens to the answer as it comes on the wire. So a server
 * that speaks TLS but refuses this handshake is still seen to speak TLS, and what speaks something else is heard.
 *
 * @param use called once TLS stands
 * @returns what was heard on the wire, what `use` returned, and whether it took more bytes than are worked through here
 */
async function withTls(socket, target, recognise, signal, use) {
    const { serverName, patience = 1 } = target;
    // SNI has no addresses (RFC 6066, section 3).
    const servername = serverName !== undefined && (0,external_node_net_namespaceObject.isIP)(serverName) === 0 ? serverName : undefined;
    let hasStood = false;
    let isLarge = false;
    const leaveBytes = (length) => {
        isLarge ||= !hasStood && !target.isAside && length > MOST_BYTES_HERE;
        return isLarge ? 0 : tls_MOST_BYTES;
    };
    const secure = (0,external_node_tls_namespaceObject.connect)({
        secureContext: getContext(),
        rejectUnauthorized: false,
        ALPNProtocols: ['http/1.1'],
        servername,
        socket: tunnelThrough(socket, leaveBytes, target.effort),
    });
    secure.on('error', ignore);
    secure.once('secureConnect', () => {
        hasStood = true;
    });
    try {
        const secured = happens(secure, 'secureConnect', HANDSHAKE_MS * patience, signal);
        const heard = await hear(socket, PATIENCE_MS * patience, recognise, signal);
        if (heard.recognised?.service !== 'tls')
            return { heard, isLarge };
        socket.resume();
        const used = (await secured) ? await use(secure) : undefined;
        return { heard, ...(used === undefined ? {} : { used }), isLarge };
    }
    finally {
        secure.destroy();
    }
}
/**
 * A stream for node:tls to work on, so that others can listen to the socket too, and the bytes and what they cost can
 * be counted.
 *
 * @param leaveBytes how many bytes may be worked through in all, where so many have come
 */
function tunnelThrough(socket, leaveBytes, effort = { dearMs: 0 }) {
    const tunnel = new external_node_stream_namespaceObject.Duplex({
        read: ignore,
        write: (chunk, _encoding, done) => socket.write(chunk, done),
    });
    tunnel.on('error', ignore);
    let length = 0;
    socket.on('data', (chunk) => {
        const before = length;
        length += chunk.length;
        const left = leaveBytes(length) - before;
        if (left <= 0 || effort.dearMs > MOST_DEAR_MS)
            tunnel.destroy();
        else if (!tunnel.destroyed)
            work(chunk.subarray(0, left));
    });
    socket.once('close', () => tunnel.destroy());
    return tunnel;
    /** OpenSSL works through what is pushed before `push` returns. */
    function work(chunk) {
        const begun = performance.now();
        tunnel.push(chunk);
        const took = performance.now() - begun;
        if (took > DEAR_MS)
            effort.dearMs += took;
    }
}

;// CONCATENATED MODULE: ./lib/scan/identify/exchange.js






/** How long a pause shows that an answer will not come before all of a greeting is sent, in milliseconds. */
const exchange_PAUSE_MS = 300;
const LONGEST_PRODUCT = 80;
/** Listens, then greets; without a protocol, only listens. */
async function talk(socket, protocol, target, listenMs, signal) {
    if (listenMs > 0) {
        const banner = await hear(socket, listenMs, recognise, signal);
        if (banner.bytes.length > 0 || banner.ended)
            return { ...toAnswer(banner), spokeFirst: true };
    }
    if (!protocol?.greeting)
        return {};
    if (protocol.greeting !== 'handshake')
        return toAnswer(await greet(socket, protocol, target, signal));
    return talkTls(socket, findInner(target.hint), target, signal);
}
/** Starts TLS and finds out what it carries; `tls` is there once the handshake stands. */
async function talkTls(socket, inner, target, signal, listenMs = exchange_PAUSE_MS * (target.patience ?? 1)) {
    const { heard, used, isLarge } = await withTls(socket, target, recognise, signal, (secure) => talkInside(secure, inner, target, listenMs, signal));
    return used ?? { ...toAnswer(heard), isLarge };
}
/** Sends the parts of a greeting until one is answered. */
async function greet(stream, { service, greeting }, target, signal) {
    let sent = '';
    const recogniseAnswer = (heard) => {
        // An echo identifies nothing.
        if (heard.length <= sent.length && sent.startsWith(heard.toString('latin1')))
            return undefined;
        const recognition = greeting.recognise?.(heard);
        return recognition ? { service, ...recognition } : recognise(heard);
    };
    const parts = greeting.parts(target);
    for (const [index, part] of parts.entries()) {
        stream.write(part);
        sent += part.toString('latin1');
        const isLast = index === parts.length - 1;
        const heard = await hear(stream, (isLast ? greeting.patienceMs : exchange_PAUSE_MS) * (target.patience ?? 1), recogniseAnswer, signal);
        if (isLast || heard.bytes.length > 0 || heard.ended)
            return heard;
    }
    throw new Error(`The greeting of ${service} is empty.`);
}
/** Finds out what TLS carries: HTTP where that was agreed on, else what it says or what the greeting brings out. */
async function talkInside(secure, inner, target, listenMs, signal) {
    const info = describeTls(secure);
    const agreed = secure.alpnProtocol === 'http/1.1';
    const heard = agreed
        ? await greet(secure, inOnePart(http), target, signal)
        : await listenThenGreet(secure, inner, target, listenMs, signal);
    const { service = 'tls', askFirst: _, hungUp: __, ...identified } = toAnswer(heard);
    // A server that asks for a client certificate has agreed on HTTP, and says no more.
    const named = agreed && service === 'tls' ? 'https' : nameOverTls(service);
    const carried = named === 'https' && isKubelet(info) ? 'kubelet' : named;
    return { ...identified, service: carried, tls: info };
}
async function listenThenGreet(secure, inner, target, listenMs, signal) {
    if (listenMs === 0)
        return greet(secure, inner, target, signal);
    const banner = await hear(secure, listenMs, recognise, signal);
    return banner.bytes.length > 0 ? banner : greet(secure, inner, target, signal);
}
function inOnePart({ greeting, ...protocol }) {
    const parts = (target) => [greeting.parts(target).join('')];
    return { ...protocol, greeting: { ...greeting, parts } };
}
function toAnswer({ bytes, recognised, ended }) {
    if (!recognised)
        return { hungUp: bytes.length === 0 && ended };
    if (recognised.isHunch)
        return { askFirst: recognised.service };
    const { service, as = service, product = '', askFirst, http } = recognised;
    return {
        service: as,
        product: plainText(product, LONGEST_PRODUCT),
        ...(http ? { http: { status: http.status, title: plainText(http.title ?? '', LONGEST_PRODUCT) } } : {}),
        askFirst: as === service ? askFirst : undefined,
    };
}

;// CONCATENATED MODULE: ./lib/scan/identify/identify.js







/** Most connections to one port; it takes as many to ask one that hangs up on strangers in every way that is known. */
const MOST_CONNECTIONS = 22;
/** The whole of one port, in milliseconds. */
const TOTAL_MS = 15_000;
/** How long a port may take to speak first, in milliseconds. */
const LISTEN_MS = 700;
/**
 * The same where its number says that it speaks first, in milliseconds: many look up the client's name before, which
 * takes 5 s where nobody answers (resolv.conf(5), `timeout`).
 */
const LISTEN_LONGER_MS = 6_000;
/** The same on a second try, in milliseconds: two name servers, each asked twice. */
const LISTEN_LONGEST_MS = 21_000;
/**
 * Learns what answers on an open port, by its own protocol and never by the port's number. A port that speaks first
 * is listened to; a silent one is greeted: as its number suggests, then by TLS and HTTP, then in the other ways that
 * what it did so far leaves possible. One connection after the other, which read little and last 15 s together. Never
 * rejects: where the port says nothing that is known, `service` is undefined; where it accepts no
 * connection any more, so is the result. Once the
 * signal is aborted, what is known by then is returned at once.
 *
 * A port that serves both HTTP and TLS is named for the one that it is asked for first. What refuses a request in plain
 * HTTP, and keeps still when it is asked for TLS, may be either: it has a page and no service.
 */
async function identifyPort(target, signal) {
    const ending = new AbortController();
    const end = () => ending.abort();
    const forget = waitPatiently(TOTAL_MS * (target.patience ?? 1), end);
    signal.addEventListener('abort', end);
    if (signal.aborted)
        end();
    try {
        return await identify(target, ending.signal);
    }
    catch {
        // Node rejects an argument, such as an impossible server name.
        return {};
    }
    finally {
        forget();
        signal.removeEventListener('abort', end);
    }
}
async function identify(target, signal) {
    if (target.delicate)
        return strip(await ask(undefined, target, LISTEN_MS, signal));
    const longer = (target.patience ?? 1) > 1 ? LISTEN_LONGEST_MS : LISTEN_LONGER_MS;
    const listenMs = speaksFirst(target.hint) ? longer : LISTEN_MS;
    const asked = new Set();
    let known = {};
    let hasHungUp = false;
    let hasTlsStalled = false;
    let queue = listGreeters(target.hint);
    for (let connections = 0; connections < MOST_CONNECTIONS && !signal.aborted; connections++) {
        const [protocol, ...rest] = queue;
        if (!protocol)
            break;
        const answer = await ask(protocol, target, connections === 0 ? listenMs : 0, signal);
        if (!answer && connections === 0 && !signal.aborted)
            return undefined;
        if (!answer)
            break;
        if (answer.isLarge)
            return (await identifyAside(target, signal)) ?? strip(answer);
        asked.add(protocol.service);
        // The page with the version says less of a web server than its front page.
        const isLess = protocol === httpVersion && answer.service === known.service;
        if (answer.service && !isLess)
            known = strip(answer);
        if (answer.spokeFirst || protocol === httpVersion)
            break;
        if (answer.tls) {
            const most = MOST_CONNECTIONS - connections - 1;
            return isOpen(answer, target) ? askInside(known, target, most, signal) : known;
        }
        hasHungUp ||= answer.hungUp === true;
        hasTlsStalled ||= protocol === tls && !answer.service && !answer.hungUp;
        if (hasTlsStalled && isRefusal(known))
            return { ...known, service: undefined };
        queue = known.service
            ? findOwn(rest, answer)
            : findOthers(rest, answer.askFirst, asked, hasHungUp, target);
    }
    return known;
}
/** Whether what TLS carries stayed silent, or another's greeting was no request. */
function isOpen({ service, http: page }, { hint }) {
    return service === 'tls' || (page?.status === 400 && findInner(hint) !== http);
}
/** What one connection tells; undefined if there was none. */
function ask(protocol, target, listenMs, signal) {
    return withConnection(target, signal, (socket) => talk(socket, protocol, target, listenMs, signal));
}
/** The greetings that are left for what has answered another's: those that bring out more. */
function findOwn(rest, { service, askFirst }) {
    if (askFirst === HTTP_VERSION)
        return [httpVersion];
    return rest.filter((other) => other.service === askFirst || (other.service === service && other.tellsMore));
}
/**
 * The greetings that are left for what has answered nothing that is known. Once TLS and HTTP have told nothing, those
 * whose servers would have answered are out of the question, and, unless it has hung up without a word, those whose
 * servers do that.
 */
function findOthers(rest, askFirst, asked, hasHungUp, { breadth = 'all' }) {
    const own = rest.filter(({ service }) => service === askFirst);
    const others = rest.filter(({ service }) => service !== askFirst);
    if (!asked.has('tls') || !asked.has('http'))
        return [...own, ...others];
    if (breadth !== 'all')
        return own;
    return [
        ...own,
        ...others.filter(({ toStrangers }) => toStrangers === 'waits' || (!toStrangers && hasHungUp)),
    ];
}
/** Whether it is an answer that TLS servers give to whoever speaks HTTP to them, too. */
function isRefusal({ service, tls, http: page }) {
    return service === 'http' && !tls && page?.status === 400;
}
/**
 * TLS stood and what it carries stayed silent: it is asked in the other ways, a connection for each. What is expected there
 * has only been asked first, so that what is found does not depend on it.
 */
async function askInside(known, target, most, signal) {
    const asked = findInner(target.hint);
    const others = (target.breadth === 'own' ? [http] : INSIDE_TLS).filter((inner) => inner !== asked);
    for (const inner of others.slice(0, most)) {
        if (signal.aborted)
            break;
        const answer = await withConnection(target, signal, (socket) => talkTls(socket, inner, target, signal, 0));
        if (answer?.tls && answer.service !== 'tls')
            return strip(answer);
    }
    return known;
}
function strip(answer = {}) {
    const { spokeFirst: _, hungUp: __, askFirst: ___, isLarge: ____, ...identified } = answer;
    return identified;
}

;// CONCATENATED MODULE: ./lib/scan/identify/aside-thread.js
/** The thread for ports whose handshakes take much computing. */


/** What is under way: how to end it, and who wait for leave to connect. */
const underWay = new Map();
const tell = (reply) => external_node_worker_threads_namespaceObject.parentPort?.postMessage(reply);
external_node_worker_threads_namespaceObject.parentPort?.on('message', async (message) => {
    const { id } = message;
    const known = underWay.get(id);
    if (message.kind === 'leave')
        known?.waiting.shift()?.();
    if (message.kind === 'end')
        known?.ending.abort();
    if (message.kind !== 'identify')
        return;
    const ending = new AbortController();
    const waiting = [];
    underWay.set(id, { ending, waiting });
    const effort = message.target.effort ?? { dearMs: 0 };
    const mayConnect = () => new Promise((resolve) => {
        waiting.push(resolve);
        ending.signal.addEventListener('abort', () => resolve());
        tell({ kind: 'connect', id });
    });
    const found = await identifyPort({ ...message.target, effort, mayConnect, isAside: true }, ending.signal);
    underWay.delete(id);
    tell({ kind: 'done', id, found, dearMs: effort.dearMs });
});

