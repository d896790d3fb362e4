/// What callers of the API ask for: vpn-service, vpn-node, vpn-network-access, and how each is
/// rendered into what the VMs read.
///
/// Documents are parsed strictly (unknown fields and duplicate keys are refused, every problem
/// names its field by JSON pointer), then checked against each other and against the PE, then
/// stored: nothing invalid is ever in the store. Nothing here acts on an intent.
///
/// - RFC 9182 (L3NM): the nouns and their names, in lean JSON rather than in YANG's encoding
/// - RFC 4364, section 7 (how a PE learns routes from CEs)
/// - RFC 6901 (JSON pointer)
///
/// Deviations from RFC 9182: one IPv4 address pair and one routing protocol per access; the
/// vpn-node of a controller is its own PE; import and export route targets are two lists.
@NullMarked
package org.edgeplex.controller.intent;

import org.jspecify.annotations.NullMarked;
