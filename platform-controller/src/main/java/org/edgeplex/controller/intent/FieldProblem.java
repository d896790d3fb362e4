package org.edgeplex.controller.intent;

/// What is wrong with one field of a document.
///
/// @param pointer where, as a JSON pointer (RFC 6901), such as `/routing/bgp/peer-as`; empty for
///   the document as a whole
/// @param detail a sentence for people
public record FieldProblem(String pointer, String detail) {
    @Override
    public String toString() {
        return pointer.isEmpty() ? detail : pointer + ": " + detail;
    }
}
