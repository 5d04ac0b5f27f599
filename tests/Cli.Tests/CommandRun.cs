using System.Text.Json;

namespace Gateway.Cli.Tests;

/// <summary>What a run of the command left behind.</summary>
internal sealed record CommandRun(int Exit, string Output, string Error)
{
    /// <summary>The one envelope that <c>--json</c> writes, as the contract has it.</summary>
    public JsonElement Envelope()
    {
        Assert.True(
            Output.EndsWith('\n') && Output.TrimEnd('\n').Contains('\n', StringComparison.Ordinal) is false,
            $"one line expected:\n{Output}\n{Error}"
        );
        var envelope = JsonDocument.Parse(Output).RootElement;
        Assert.Equal(["ok", "command", "data", "errors"], envelope.EnumerateObject().Select(p => p.Name));
        Assert.Equal(Exit == 0, envelope.GetProperty("ok").GetBoolean());
        Assert.Equal(Exit == 0, envelope.GetProperty("errors").GetArrayLength() == 0);
        Assert.All(envelope.GetProperty("errors").EnumerateArray(), error => Assert.NotEmpty(error.GetProperty("message").GetString()!));
        return envelope;
    }

    public JsonElement Data() => Envelope().GetProperty("data");

    /// <summary>That it ended as it should; what it said is shown where it didn't.</summary>
    public CommandRun Ended(int exit)
    {
        Assert.True(exit == Exit, $"exit code {exit} expected, not {Exit}:\n{Output}\n{Error}");
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        return this;
    }
}
