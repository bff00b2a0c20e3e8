# A harness for prove that also writes its sums to the file $TALLY, so that
# tests/run can add up all runners:  prove --harness Tally ...
package Tally;
use strict;
use warnings;
use parent 'TAP::Harness';

sub summary {
    my ($self, $all, @rest) = @_;
    $self->SUPER::summary($all, @rest);

    my $skipped = $all->skipped;
    my $failed  = $all->failed;

    # A file that broke off or planned more tests than it ran has failed too.
    for my $parser ($all->parsers) {
        $failed++ if !$parser->failed && ($parser->exit || $parser->wait || $parser->parse_errors);
    }
    open my $tally, '>>', $ENV{TALLY} or die "$ENV{TALLY}: $!\n";
    printf $tally "%d %d %d\n", $all->passed - $skipped, $failed, $skipped;
    close $tally or die "$ENV{TALLY}: $!\n";
}

1;
