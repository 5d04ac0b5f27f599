using Gateway.Evidence.Verification;
using Gateway.Proxy.Evidence;

namespace Gateway.Cli.Diagnosis;

/// <summary>The journal: whether it can be read, and whether its heads are signed by keys that are still there.</summary>
internal static class EvidenceChecks
{
    private const string Check = "journal";
    private const string Remedy = "Run 'gateway verify' on the folder; a start refuses it as it is.";

    public static IEnumerable<Finding> Journal(DoctorContext context)
    {
        var root = context.Journal.Root;
        if (!Directory.Exists(root))
        {
            return [new Finding(Check, FindingStatus.Pass, $"There is no journal in '{root}' yet.")];
        }

        if (context.Keys.Keys is not { } keys)
        {
            return [Fail($"The heads in '{root}' can't be checked without the keys.", "Mend the keys first.")];
        }

        try
        {
            var signing = LogSigningKeys.Of(keys.LogSigning);
            return
            [
                .. JournalHeads
                    .Read(root, signing.Public)
                    .Select(Judge)
                    .DefaultIfEmpty(new Finding(Check, FindingStatus.Pass, $"There is no log in '{root}' yet.")),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [Fail($"The journal can't be read: {e.Message}", "Let the user that Gateway runs as read and write it.")];
        }
    }

    private static Finding Fail(string problem, string remedy) => new(Check, FindingStatus.Fail, problem, remedy);

    private static Finding Judge(JournalHead head) =>
        head.Problem is { } problem
            ? Fail(problem.ToString(), Remedy)
            : new Finding(
                Check,
                FindingStatus.Pass,
                $"{head.Tenant}: log {Path.GetFileName(head.Folder)} has a head of {head.Size} records, signed by a key that is there."
            );
}
