/* The kernel of links: who is linked to a start through any chain of them,
 * whichever way they point. The result has a row for each end of each link; a
 * value that is met again has `no` there, so that each counts once. Surely
 * linked is who is linked by sure links alone. A link that may not hold, or
 * whose other end is not known, may link: what only it could reach is open. */
#ifndef EVAL_KERNEL_CONNECT_H
#define EVAL_KERNEL_CONNECT_H

#include "eval/kernel_rows.h"

Column *connect_links(Job *job);

#endif
