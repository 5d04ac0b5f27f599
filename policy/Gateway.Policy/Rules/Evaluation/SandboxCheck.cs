using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Whether the sandbox is as a rule asks. What isn't said is missing, and blocks.</summary>
internal static class SandboxCheck
{
    public static void Apply(SandboxConstraint asked, SandboxMetadata? sandbox, RuleFinding finding)
    {
        finding.Sandbox = CheckStatus.Valid;
        if (sandbox is null)
        {
            Fail(finding, CheckStatus.Missing, "sandbox_metadata_missing");
            return;
        }

        CheckModes(asked, sandbox, finding);
        CheckTimeout(asked, sandbox, finding);
        CheckPaths(asked, sandbox, finding);
    }

    private static void CheckModes(SandboxConstraint asked, SandboxMetadata sandbox, RuleFinding finding)
    {
        if (sandbox.EvidenceRef.Length == 0 || sandbox.EvidenceDigest.Length == 0)
        {
            Fail(finding, CheckStatus.Missing, "sandbox_evidence_missing");
        }

        CheckMode(finding, sandbox.NetworkMode, asked.NetworkModes, "sandbox_network_mode_missing", "sandbox_network_mode_disallowed");
        CheckMode(
            finding,
            sandbox.EnvExposureMode,
            asked.EnvExposureModes,
            "sandbox_env_exposure_mode_missing",
            "sandbox_env_exposure_mode_disallowed"
        );
        CheckMode(
            finding,
            sandbox.FilesystemIsolation,
            asked.FilesystemIsolations,
            "sandbox_filesystem_isolation_missing",
            "sandbox_filesystem_isolation_disallowed"
        );
        CheckMode(finding, sandbox.UserMode, asked.UserModes, "sandbox_user_mode_missing", "sandbox_user_mode_disallowed");
    }

    private static void CheckMode(RuleFinding finding, string mode, IReadOnlyList<string> allowed, string missing, string disallowed)
    {
        if (mode.Length == 0)
        {
            Fail(finding, CheckStatus.Missing, missing);
        }
        else if (allowed.Count > 0 && !CodeList.Contains(allowed, mode))
        {
            Fail(finding, CheckStatus.Disallowed, disallowed);
        }
    }

    private static void CheckTimeout(SandboxConstraint asked, SandboxMetadata sandbox, RuleFinding finding)
    {
        if (sandbox.TimeoutSeconds <= 0)
        {
            Fail(finding, CheckStatus.Missing, "sandbox_timeout_missing");
        }
        else if (asked.MaxTimeoutSeconds > 0 && sandbox.TimeoutSeconds > asked.MaxTimeoutSeconds)
        {
            Fail(finding, CheckStatus.Disallowed, "sandbox_timeout_exceeded");
        }
    }

    private static void CheckPaths(SandboxConstraint asked, SandboxMetadata sandbox, RuleFinding finding)
    {
        if (
            asked.WritablePathPrefixes.Count > 0
            && !sandbox.WritablePaths.All(path =>
                asked.WritablePathPrefixes.Any(prefix => CleanedPath.IsAtOrBelow(CleanedPath.ForMatching(path), prefix))
            )
        )
        {
            Fail(finding, CheckStatus.Disallowed, "sandbox_writable_path_disallowed");
        }

        if (!asked.ReadOnlyRoots.All(root => CodeList.Contains(sandbox.ReadOnlyRoots, root)))
        {
            Fail(finding, CheckStatus.Missing, "sandbox_read_only_root_missing");
        }
    }

    private static void Fail(RuleFinding finding, CheckStatus status, string code)
    {
        finding.Sandbox = finding.Sandbox is { } worst && worst < status ? worst : status;
        finding.Block(code);
    }
}
