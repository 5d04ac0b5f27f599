using Gateway.Connectors.Stores;

namespace Gateway.Cli.Tests.Commands.Notices;

/// <summary>Dead letters are seen and sent again by command, on record.</summary>
public sealed class NoticeCommandsTests : IAsyncLifetime
{
    private readonly CommandFolder _folder = new();

    public async Task InitializeAsync()
    {
        await using var store = Open();
        await DeadLetters.PutAsync(store, oneWaits: true);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task DeadLetters_AreListed_WithWhy()
    {
        var dead = (await _folder.RunAsync("notices list --tenant demo --dead")).Ended(0).Output;
        var all = (await _folder.RunAsync("notices list --tenant demo --json")).Ended(0).Data().GetProperty("notices");

        Assert.Contains("ntc_apr_a", dead, StringComparison.Ordinal);
        Assert.Contains("It answered 503.", dead, StringComparison.Ordinal);
        Assert.DoesNotContain("ntc_apr_c", dead, StringComparison.Ordinal);
        Assert.Equal(["dead", "dead", "waiting"], all.EnumerateArray().Select(one => one.GetProperty("state").GetString()).Order());
    }

    [Fact]
    public async Task DeadLetter_IsSentAgain_OnRecord()
    {
        (await _folder.RunAsync("notices resend ntc_apr_a --tenant demo")).Ended(0);

        Assert.Contains(
            "no dead letter",
            (await _folder.RunAsync("notices resend ntc_apr_a --tenant demo")).Ended(6).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no dead letter",
            (await _folder.RunAsync("notices resend ntc_none --tenant demo")).Ended(6).Error,
            StringComparison.Ordinal
        );
        var changes = (await _folder.RunAsync("changes list --tenant demo --kind notice_resent --json")).Ended(0).Data();
        var change = Assert.Single(changes.GetProperty("changes").EnumerateArray());
        Assert.Equal("ntc_apr_a", change.GetProperty("subject").GetString());
        Assert.Contains(Environment.UserName, change.GetProperty("by").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllDeadLetters_AreSentAgain()
    {
        var resent = (await _folder.RunAsync("notices resend --all --tenant demo --json")).Ended(0).Data().GetProperty("resent");

        Assert.Equal(["ntc_apr_a", "ntc_apr_b"], resent.EnumerateArray().Select(one => one.GetString()).Order());
        Assert.Contains(
            "no dead letter",
            (await _folder.RunAsync("notices resend --all --tenant demo")).Ended(0).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("notices resend --tenant demo")]
    [InlineData("notices resend ntc_apr_a --all --tenant demo")]
    public async Task WhatIsToBeSentAgain_MustBeSaid(string command) =>
        Assert.Contains("--all", (await _folder.RunAsync(command)).Ended(6).Error, StringComparison.Ordinal);

    private SqliteStore Open() => new(Path.Combine(_folder.Data, "store"), TimeSpan.FromSeconds(5));
}
