/// What PVM control decides, without sockets, threads, clocks or a store.
///
/// [ControlCore] takes what happened (the state feed, the customer's session, the time) and answers
/// what is to be done ([Action]). One thread owns it; the same events give the same actions.
///
/// ```
///   attachment ---> ConfiguredRoutes --+
///   UPDATEs ------> CustomerImport ----+--> CustomerRib --> customer_routes
///   vrf_routes ---> Announcer <-- CustomerExport -------> the customer's session
/// ```
///
/// - RFC 4271, section 9 (UPDATE handling, as far as one external peer needs it)
/// - RFC 4364, section 7 (routes between PE and CE)
/// - RFC 4486 (Cease subcodes), RFC 4724, sections 2 and 4.2 (End-of-RIB, stale routes)
///
/// Stale routes are RFC 4724's idea used for our own restart: the store remembers what the customer
/// announced, so a new life of the process goes on with it until the customer has said everything
/// again. The peer takes no part in that.
///
/// Deviations:
/// - RFC 4271, section 9.1: there is one path per prefix and attachment. A connected prefix goes
///   before a static one, a static one before one learnt by BGP.
/// - Two sites of a customer in one AS: a route whose AS_PATH has the CE's AS is not sent to it (it
///   would drop it, RFC 4271, section 9.1.2).
@NullMarked
package org.edgeplex.pvm.core;

import org.jspecify.annotations.NullMarked;
