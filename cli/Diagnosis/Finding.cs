using System.Text.Json.Nodes;
using Gateway.Cli.Results;

namespace Gateway.Cli.Diagnosis;

/// <summary>What looking at one thing came to. Holds nothing secret.</summary>
/// <param name="Check">What was looked at: lower case with <c>_</c>.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Remedy">What to do; empty where nothing is to be done.</param>
internal sealed record Finding(string Check, FindingStatus Status, string Message, string Remedy = "")
{
    /// <summary>The one check of what commands need that work without an instance.</summary>
    public const string LocalCheck = "output_dir";

    /// <summary>The same where no instance is set up: what only an instance needs isn't wrong yet.</summary>
    public Finding WithoutInstance() =>
        Status == FindingStatus.Fail && Check != LocalCheck ? this with { Status = FindingStatus.Warn } : this;

    public JsonObject ToJson() =>
        new()
        {
            ["name"] = Check,
            ["scope"] = Check == LocalCheck ? "local" : "production",
            ["status"] = Word,
            ["message"] = Message,
            ["fix_command"] = ProgramName.In(Remedy),
        };

    public string Word =>
        Status switch
        {
            FindingStatus.Fail => "fail",
            FindingStatus.Warn => "warn",
            FindingStatus.Pass => "pass",
        };
}

/// <summary>How grave a finding is. Unset is the worst.</summary>
internal enum FindingStatus
{
    /// <summary>Gateway doesn't start, or refuses everything.</summary>
    Fail = 0,

    /// <summary>It works, and shouldn't stay so.</summary>
    Warn = 1,

    Pass = 2,
}
