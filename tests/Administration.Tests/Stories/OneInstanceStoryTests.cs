using Gateway.Administration.Tests.Console;

namespace Gateway.Administration.Tests.Stories;

/// <summary>On SQLite, with the state of one instance.</summary>
public sealed class OneInstanceStoryTests(Chromium chromium) : ApprovalStory(chromium)
{
    protected override async Task<(RunningAdministration First, RunningAdministration Other)> StartAsync(
        string documents,
        string[] settings,
        Uri secure
    )
    {
        var only = await RunningAdministration.StartAtAsync(documents, secure, settings);
        return (only, only);
    }
}
