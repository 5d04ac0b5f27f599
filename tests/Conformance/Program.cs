using Gateway.Conformance;

// One line a corpus. A corpus that isn't on this machine is said to be missing and fails nothing; what fails is listed.
var failed = 0;
foreach (var corpus in Corpora.All)
{
    failed += corpus.Run(Console.Out);
}

return failed == 0 ? 0 : 1;
