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
    private static readonly TimeSpan OneCall = TimeSpan.FromMilliseconds(1);

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
        while (TargetLoad.Closed(gateway, ScenarioList.SignedModel, OneCall, 1).Succeeded > 0 != answers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Stopwatch.GetElapsedTime(since) > Deadline)
            {
                throw new TargetException($"A changed document wasn't in force after {Deadline.TotalSeconds:0} s.");
            }
        }

        return Stopwatch.GetElapsedTime(since).TotalSeconds;
    }
}
