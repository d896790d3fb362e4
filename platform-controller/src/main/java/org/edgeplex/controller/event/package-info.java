/// What the platform did, in order: the log behind the API's event stream.
///
/// - WHATWG HTML, section 9.2 (Server-Sent Events): the sequence number is the event's id, so that
///   a client goes on where it was
@NullMarked
package org.edgeplex.controller.event;

import org.jspecify.annotations.NullMarked;
