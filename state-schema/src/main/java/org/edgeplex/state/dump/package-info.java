/// The whole state in a file, whatever the engine: written, checked, read, compared.
///
/// - **Format.** Text, a JSON object a line, perhaps in gzip; keys and values are the store's exact
///   bytes in hexadecimal (`edgeplex state scan` shows them decoded). The first line says what the
///   file is and in which version; the last has the counts, the hash of the state and the SHA-256
///   of all lines before it. So a file that was cut short, changed on its way, or is something
///   else, is refused before anything of it is loaded.
///
/// ```
/// {"edgeplex":"state dump","version":1,"tables":{"1":"leases","7":"attachments"}}
/// {"table":7,"key":"00000007","value":"01..."}
/// {"end":{"records":1,"tables":{"7":1},"hash":"...","sha256":"..."}}
/// ```
///
/// - **Versions of objects are not in it.** They are the engine's own, and compared for equality
///   only: every object has a new one after a load.
/// - **Leases.** An epoch only rises, and a load may not bring back a life that has ended. Into an
///   empty store all leases go as they are. Into one with a history, a lease goes only if its epoch
///   is not below the one that is there; a holder that was removed there since, with an epoch at or
///   below the highest one removed, comes back fenced; and leases that a load takes away are
///   remembered as removed ([org.edgeplex.state.client.Leases]). What a store cannot know is a life
///   that began after the dump and whose store is lost: so end all programs of a PE before its
///   state is loaded. A load refuses a store in which a heart beats.
/// - **It is no snapshot.** A dump of a store at rest is exact; while programs write, each object
///   is as it was at some moment of the dump.
@NullMarked
package org.edgeplex.state.dump;

import org.jspecify.annotations.NullMarked;
