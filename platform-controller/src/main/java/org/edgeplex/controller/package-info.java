/// The controller of one PE: one restartable process.
///
/// Here is how its parts are put together; `.api` takes intents, `.intent` checks and keeps them,
/// `.reconcile` makes them so, with the help of `.health`, `.placement`, `.compute` and the switch.
@NullMarked
package org.edgeplex.controller;

import org.jspecify.annotations.NullMarked;
