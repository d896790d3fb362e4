/// One type per kind of record: what is stored, how it is laid out, who writes it, what always
/// holds.
///
/// The layout of every record is one octet of version and then the fields in the order of the
/// type's components, big-endian; `text` and `bytes` carry two octets of length, lists two octets
/// of count, enums and sealed cases one octet. `SCHEMA.md` draws them.
@NullMarked
package org.edgeplex.state.record;

import org.jspecify.annotations.NullMarked;
