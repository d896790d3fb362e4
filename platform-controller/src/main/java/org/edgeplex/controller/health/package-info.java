/// Who is alive, and how soon a program may be started again: decisions on a clock that callers
/// pass in.
///
/// Being suspected costs a program its life (it is fenced and replaced from the store), so a wrong
/// suspicion is harmless, only not free.
@NullMarked
package org.edgeplex.controller.health;

import org.jspecify.annotations.NullMarked;
