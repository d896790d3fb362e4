/// How each kind of node comes up on the machine, and how it is asked how it is doing.
///
/// A running node holds nothing that is not in the lab's run directory: any process may make the
/// same object again and go on (`lab exec`, `lab status` do).
///
/// What it is not: it decides nothing about order or success; `runner` and `check` do.
@NullMarked
package org.edgeplex.lab.node;

import org.jspecify.annotations.NullMarked;
