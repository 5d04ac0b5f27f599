using System.Diagnostics;
using Gateway.LoadTests.Measuring;
using Gateway.LoadTests.Scenarios;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Running;

/// <summary>How long it takes from the change of one document until a request is judged by it.</summary>
internal static class ChangedDocument
{
    private const int Times = 3;
    private const string Active = "status: active";

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AFewCalls = TimeSpan.FromMilliseconds(20);

    /// <summary>Suspends the agent that asks and lets it act again, several times; the median.</summary>
    /// <exception cref="TargetException">A change never came into force.</exception>
    public static async Task<double> SecondsAsync(Target gateway, CancellationToken cancellationToken)
    {
        // Its agent is the first document that has a status.
        var file = Path.Combine(gateway.Governance, "load-0.yaml");
        for (var i = 1; !(await File.ReadAllTextAsync(file, cancellationToken)).Contains(Active, StringComparison.Ordinal); i++)
        {
            file = Path.Combine(gateway.Governance, $"load-{i}.yaml");
        }

        var active = await File.ReadAllTextAsync(file, cancellationToken);
        var at = active.IndexOf(Active, StringComparison.Ordinal);
        var suspended = active[..at] + "status: suspended" + active[(at + Active.Length)..];
        var seconds = new List<double>();
        for (var time = 0; time < Times; time++)
        {
            seconds.Add(await ChangeAsync(gateway, file, suspended, answers: false, cancellationToken));
            seconds.Add(await ChangeAsync(gateway, file, active, answers: true, cancellationToken));
        }

        return Medians.Compute(seconds);
    }

    private static async Task<double> ChangeAsync(
        Target gateway,
        string file,
        string text,
        bool answers,
        CancellationToken cancellationToken
    )
    {
        // In one step, so that no half of a file is ever seen.
        await File.WriteAllTextAsync(file + ".new", text, cancellationToken);
        File.Move(file + ".new", file, overwrite: true);
        var since = Stopwatch.GetTimestamp();
        while (!Answers(gateway, answers))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Stopwatch.GetElapsedTime(since) > Deadline)
            {
                throw new TargetException($"A changed document wasn't in force after {Deadline.TotalSeconds:0} s.");
            }
        }

        return Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    /// <summary>Whether all calls of a moment were answered, or none was; false where none came to an end.</summary>
    private static bool Answers(Target gateway, bool answers)
    {
        var calls = TargetLoad.Closed(gateway, ScenarioList.SignedModel, AFewCalls, 1);
        return answers ? calls is { Succeeded: > 0, Failed: 0 } : calls is { Succeeded: 0, Failed: > 0 };
    }
}
