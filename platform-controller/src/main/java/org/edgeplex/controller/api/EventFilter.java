package org.edgeplex.controller.api;

import org.edgeplex.state.record.Event;

/// Which events a reader wants: those after a sequence number, of a subject and what is below it.
///
/// @param subject such as `red` or `red/pe1/red-1`; empty: all
record EventFilter(long since, String subject) {
    boolean wants(Event event) {
        return subject.isEmpty()
                || event.subject().equals(subject)
                || event.subject().startsWith(subject + "/");
    }
}
