using System.Text;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Gating;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Cases;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Cli.Testing;

/// <summary>Runs cases against what they are for: a folder of governance documents, or one rule file.</summary>
internal static class CaseFiles
{
    /// <returns>What was tested, by its digest, and how each case went, in the order of the files.</returns>
    /// <exception cref="InvalidInputException">Something can't be read, has errors, or there is no case.</exception>
    public static (Sha256Digest Digest, IReadOnlyList<CaseReport> Reports) Run(string subject, IReadOnlyList<string> files, DateTimeOffset now)
    {
        SourceFile[] sources = [.. files.Select(Read)];
        return Directory.Exists(subject) ? OfGovernance(subject, sources, now) : OfRules(subject, sources, now);
    }

    private static (Sha256Digest, IReadOnlyList<CaseReport>) OfGovernance(string folder, SourceFile[] sources, DateTimeOffset now)
    {
        var snapshot = Governance.Compile(folder);
        var read = PolicyCaseReader.Read(sources, snapshot, now);
        Demand(read.Cases.Count, read.Errors);
        return (snapshot.Revision, [.. read.Cases.Select(one => CaseReport.Of(one, snapshot))]);
    }

    private static (Sha256Digest, IReadOnlyList<CaseReport>) OfRules(string file, SourceFile[] sources, DateTimeOffset now)
    {
        var policy = GatePolicy.Read(file);
        var read = RuleCaseReader.Read(sources, now);
        Demand(read.Cases.Count, read.Errors);
        return (policy.Digest, [.. read.Cases.Select(one => CaseReport.Of(one, policy.Engine))]);
    }

    /// <summary>A run without a case would pass for ever.</summary>
    private static void Demand(int cases, IReadOnlyList<GovernanceError> errors)
    {
        if (errors.Count > 0)
        {
            throw new InvalidInputException([.. errors.Select(CommandError.From)]);
        }

        if (cases == 0)
        {
            throw new InvalidInputException("There is no case in what was given.", "Write one a document: name, the action, and want.");
        }
    }

    private static SourceFile Read(string file) => new(file, Encoding.UTF8.GetString(ArtifactFile.Read(file, SourceFile.MaxBytes)));
}
