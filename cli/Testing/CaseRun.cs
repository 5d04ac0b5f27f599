using Gateway.Authoring.Cases;
using Gateway.Cli.Explaining;
using Gateway.Cli.Gating;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Testing;

/// <summary>Runs cases against what they are for: a folder of governance documents, or one rule file.</summary>
/// <param name="Digest">Of what was tested.</param>
/// <param name="Reports">In the order of the files.</param>
internal sealed record CaseRun(Sha256Digest Digest, IReadOnlyList<CaseReport> Reports)
{
    /// <exception cref="InvalidInputException">Something can't be read, has errors, or there is no case: a run without one would pass for
    /// ever.</exception>
    public static CaseRun Run(string subject, IReadOnlyList<string> files, TimeProvider time) =>
        Directory.Exists(subject) ? OfGovernance(subject, files, time) : OfRules(subject, files, time);

    private static CaseRun OfGovernance(string folder, IReadOnlyList<string> files, TimeProvider time)
    {
        var snapshot = Governance.Compile(folder);
        return new CaseRun(snapshot.Revision, [.. CaseFiles.ReadCases(files, snapshot, time).Select(one => CaseReport.Run(one, snapshot))]);
    }

    private static CaseRun OfRules(string file, IReadOnlyList<string> files, TimeProvider time)
    {
        var policy = GatePolicy.Read(file);
        return new CaseRun(policy.Digest, [.. CaseFiles.ReadRuleCases(files, time).Select(one => CaseReport.Run(one, policy.Engine))]);
    }
}
