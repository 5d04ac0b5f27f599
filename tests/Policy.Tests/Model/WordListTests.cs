using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

public sealed class WordListTests
{
    [Fact]
    public void Word_ReadAgain_GivesItsValue()
    {
        Holds(Vocabulary.Verdict);
        Holds(Vocabulary.Severity);
        Holds(Vocabulary.Door);
        Holds(Vocabulary.Strength);
        Holds(Vocabulary.Action);
        Holds(Vocabulary.Risk);
        Holds(Vocabulary.Level);
        Holds(Vocabulary.Status);
        Holds(Vocabulary.Data);
        Holds(Vocabulary.Environment);
        Holds(Vocabulary.Scope);
        Holds(Vocabulary.ConnectorType);
        Holds(Vocabulary.Bodies);
        Holds(Vocabulary.Scenario);
        Holds(Vocabulary.Effect);
        Holds(Vocabulary.Requirement);
        Holds(Vocabulary.Trigger);
        Holds(Vocabulary.Day);
        Holds(Vocabulary.Redaction);
    }

    [Theory]
    [InlineData(Door.None, "none")]
    [InlineData((Door)77, "none")]
    [InlineData((Door)(-1), "none")]
    [InlineData(Door.OpenAi, "openai")]
    public void Text_OfAnyValue_IsItsWordOrTheOneForNone(Door door, string word)
    {
        Assert.Equal(word, Vocabulary.Door.Text(door));
        Assert.Equal(word, Encoding.UTF8.GetString(Vocabulary.Door.Utf8(door)));
    }

    [Fact]
    public void TryParse_OfWhatIsNoWord_IsFalseAndTheStrictest()
    {
        Assert.False(Vocabulary.Verdict.TryParse("Allow", out var verdict));
        Assert.Equal(Verdict.Block, verdict);
        Assert.False(Vocabulary.Door.TryParse("none", out _));
    }

    [Fact]
    public void EveryVerdictAndSeverity_HasAWord()
    {
        Assert.Equal(Enum.GetValues<Verdict>().Order(), Vocabulary.Verdict.Values.Order());
        Assert.Equal(Enum.GetValues<Severity>().Order(), Vocabulary.Severity.Values.Order());
        Assert.Equal(Enum.GetValues<AuthStrength>().Order(), Vocabulary.Strength.Values.Order());
    }

    private static void Holds<T>(WordList<T> list)
        where T : struct, Enum
    {
        Assert.Equal(list.Words.Count, list.Words.Distinct().Count());
        foreach (var value in list.Values)
        {
            Assert.True(list.TryParse(list.Text(value), out var read));
            Assert.Equal(value, read);
            Assert.Equal(list.Text(value), Encoding.UTF8.GetString(list.Utf8(value)));
        }
    }
}
