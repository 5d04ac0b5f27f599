using System.Text;
using System.Text.Json.Nodes;
using Gateway.Gait.Packs;

namespace Gateway.Gait.Tests.Packs;

public sealed class RunRecordingReaderTests
{
    [Fact]
    public void Reference_KeepsDigestsOnly()
    {
        var raw = SampleRun.Read(SampleRun.Pack(null));
        var reference = SampleRun.Read(SampleRun.Pack(null, input => input["capture_mode"] = "reference"));

        Assert.NotNull(raw.Intents[0]["args"]);
        Assert.Null(reference.Intents[0]["args"]);
        Assert.Null(reference.Results[0]["result"]);
        Assert.Equal(raw.Intents[0]["args_digest"]!.ToString(), reference.Intents[0]["args_digest"]!.ToString());
        Assert.DoesNotContain(
            "é",
            Encoding.UTF8.GetString(SampleRun.Pack(null, input => input["capture_mode"] = "reference")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Normalization_IsDigestedInPlaceOfTheArguments()
    {
        var pack = SampleRun.Read(
            SampleRun.Pack(
                null,
                input =>
                {
                    input["capture_mode"] = "reference";
                    input["normalization"] = new JsonObject
                    {
                        ["intent_args"] = new JsonObject { ["intent_1"] = new JsonObject { ["id"] = 7 } },
                    };
                }
            )
        );
        Assert.Equal(pack.Intents[1]["args_digest"]!.ToString(), pack.Intents[0]["args_digest"]!.ToString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"run\":{},\"run\":{}}")]
    [InlineData("not json")]
    public void Input_ThatIsNotInForm_IsRefused(string json) =>
        Assert.Throws<RunRecordingException>(() => RunRecordingReader.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Field_ThatWouldBeLost_IsRefusedWithItsPlace()
    {
        var e = Assert.Throws<RunRecordingException>(() => SampleRun.Pack(null, input => input["intents"]![1]!["secret"] = "hush"));
        Assert.Contains("intents[1]", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", e.Message, StringComparison.Ordinal);
        Assert.Throws<RunRecordingException>(() => SampleRun.Pack(null, input => input["more"] = 1));
    }

    [Fact]
    public void Run_WhoseNameCouldBeAPath_IsRefused() =>
        Assert.Throws<RunRecordingException>(() => SampleRun.Pack(null, input => input["run"]!["run_id"] = "run_../../etc"));

    [Fact]
    public void Digest_ThatIsNotOfTheKeptArguments_IsRefused() =>
        Assert.Throws<RunRecordingException>(() =>
            SampleRun.Pack(null, input => input["intents"]![0]!["args_digest"] = new string('0', 64))
        );

    [Fact]
    public void TwoIntentsOfOneId_AreRefused() =>
        Assert.Throws<RunRecordingException>(() => SampleRun.Pack(null, input => input["intents"]![1]!["intent_id"] = "intent_1"));
}
