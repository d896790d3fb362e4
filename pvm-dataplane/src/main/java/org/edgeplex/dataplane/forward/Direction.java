package org.edgeplex.dataplane.forward;

/// Which of a customer's packets a condition is about.
public enum Direction {
    FROM_CUSTOMER,
    /// To the customer, from other sites.
    FROM_CORE
}
