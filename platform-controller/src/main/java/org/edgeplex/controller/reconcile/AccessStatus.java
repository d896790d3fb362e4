package org.edgeplex.controller.reconcile;

/// What is known of one access, for people and tools. Numbers are 0 and names empty until there is
/// one.
///
/// @param host where its PVM was placed
public record AccessStatus(
        AccessPhase phase,
        int attachmentNumber,
        int vrfNumber,
        int vlanId,
        int label,
        String instance,
        String host) {}
