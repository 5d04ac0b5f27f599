using System.Diagnostics;
using Gateway.Testing.Recorder;

/// <summary>
/// What .NET calls before anything else in a process that is started with <c>DOTNET_STARTUP_HOOKS</c>; it looks for this name, without a
/// namespace. By that this assembly is loaded, which nothing says to the process that is recorded otherwise.
/// </summary>
internal static class StartupHook
{
    private const string Host = "Microsoft.AspNetCore";

    /// <summary>
    /// Has the host make an activity for marked requests, and for no others, and begins a recording where one starts. The code that is
    /// recorded sees nothing of it: no activity is current, as where nobody listens.
    /// </summary>
    public static void Initialize()
    {
        ActivitySource.AddActivityListener(
            new ActivityListener
            {
                ShouldListenTo = source => source.Name == Host,
                Sample = (ref ActivityCreationOptions<ActivityContext> request) =>
                    IsMarked(request.Parent.TraceId) ? ActivitySamplingResult.PropagationData : ActivitySamplingResult.None,
                ActivityStarted = request =>
                {
                    Recording.Begin(request.TraceId.ToHexString());
                    Activity.Current = null;
                },
                ActivityStopped = _ => Recording.End(),
            }
        );
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Recording.WriteAll(AppContext.BaseDirectory);
    }

    private static bool IsMarked(ActivityTraceId trace) => trace.ToHexString().StartsWith(Recording.Mark, StringComparison.Ordinal);
}
