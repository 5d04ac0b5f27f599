using Gateway.Gait.Artifacts;
using Gateway.Gait.Traces;

namespace Gateway.Gait.Signals;

/// <summary>Why a run failed: by its results, its traces and the graders of its tests.</summary>
internal static class FailureReasons
{
    public static IEnumerable<string> Of(SignalInput input)
    {
        foreach (
            var status in input
                .Pack.Results.Select(result => result.Text("status").ToLowerInvariant())
                .Where(status => status is not ("ok" or ""))
        )
        {
            yield return "result_status_" + status;
        }

        foreach (var trace in input.Traces)
        {
            var verified = new TraceVerification { Trace = trace };
            if (verified.Verdict is not ("allow" or ""))
            {
                yield return "trace_verdict_" + verified.Verdict;
            }

            foreach (var violation in trace.Texts("violations"))
            {
                yield return "violation_" + violation;
            }
        }

        foreach (var code in input.FailedGraders)
        {
            yield return code;
        }
    }
}
