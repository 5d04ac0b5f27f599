using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Authoring.Cases;
using Gateway.Authoring.Questions;
using Gateway.Policy.Documents;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Policy.Tests;

namespace Gateway.Authoring.Tests.Questions;

public sealed class QuestionReaderTests
{
    private static readonly World World = new() { Action = "write", Data = "internal" };
    private static readonly DateTimeOffset Now = World.Now;

    [Fact]
    public void Read_OfTheLeast_TakesTheRestFromTheGovernance()
    {
        var question = Assert.Single(Read("agent: agent\nconnector: system\noperation: act\n").Items);

        Assert.Equal(("demo", "main"), (question.Intent.Tenant.ToString(), question.Intent.Workspace.ToString()));
        Assert.Equal(
            (AuthStrength.Signed, Door.Tool, DataClasses.Internal),
            (question.Intent.Strength, question.Intent.Door, question.Intent.Data)
        );
        Assert.Equal(
            ("POST", "https://system.example", "/act"),
            (question.Intent.Target.Method, question.Intent.Target.Authority, question.Intent.Target.PathAndQuery)
        );
        Assert.Equal(new Facts(null, Now, null), question.Facts);
        Assert.Equal("q.yaml:1:1", question.Name);
        Assert.Equal(Verdict.Allow, Evaluator.Evaluate(World.Compile(), question.Intent, question.Facts).Verdict);
    }

    [Fact]
    public void Read_OfEverything_KeepsIt()
    {
        var question = Assert.Single(
            Read(
                """
                {"name": "all", "tenant": "demo", "workspace": "other", "agent": "agent", "connector": "system", "operation": "act",
                 "strength": "bearer", "door": "openai", "model": "m", "hostedTools": ["web"], "session": "s",
                 "data": ["pii"], "environment": "test", "method": "PUT", "path": "/x?y=1",
                 "args": {"amount": 12.50, "text": "7", "list": [true, null, -1, 007]},
                 "facts": {"at": "2031-01-01T00:00:00Z", "status": "suspended", "level": "L1"}}
                """
            ).Items
        );

        Assert.Equal("all", question.Name);
        Assert.Equal(
            new Facts(LifecycleStatus.Suspended, new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero), AtfLevel.L1),
            question.Facts
        );
        Assert.Equal(
            """{"amount":12.50,"text":"7","list":[true,null,-1,"007"]}""",
            Encoding.UTF8.GetString(question.Intent.Arguments.Span)
        );
        Assert.Equal(
            (AuthStrength.Bearer, Door.OpenAi, "m", "s", "web"),
            (
                question.Intent.Strength,
                question.Intent.Door,
                question.Intent.Model,
                question.Intent.Session,
                question.Intent.HostedTools[0].ToString()
            )
        );
        Assert.Equal(DataClasses.Pii | DataClasses.Internal, question.Intent.Data);
    }

    [Theory]
    [InlineData("agent: agent\nconnector: system\noperation: act\nagnet: x\n", "agent")]
    [InlineData("agent: agent\nconnector: system\n", "operation")]
    [InlineData("agent: stranger\nconnector: system\noperation: act\n", "workspace")]
    [InlineData("agent: agent\nconnector: system\noperation: act\nfacts: {at: yesterday}\n", "moment")]
    [InlineData("agent: agent\nagent: agent\nconnector: system\noperation: act\n", "agent")]
    [InlineData("- agent\n", "mapping")]
    public void Read_OfAMistake_SaysWhereAndWhat(string yaml, string word)
    {
        var result = Read(yaml);

        Assert.Empty(result.Items);
        Assert.Contains(
            result.Errors,
            error => error.ToString().Contains(word, StringComparison.Ordinal) && error.Position.File == "q.yaml"
        );
    }

    [Fact]
    public void Read_OfAnyText_NeverThrows() =>
        Prop.ForAll(
                Gen.Elements(
                        "agent: ",
                        "a",
                        "connector: x\n",
                        "operation: y\n",
                        "args: ",
                        "{",
                        "}",
                        "[",
                        "]",
                        "\n",
                        "-",
                        ": ",
                        "1e999",
                        "\"",
                        "&a",
                        "---\n",
                        "facts: {level: L1}\n"
                    )
                    .ArrayOf()
                    .Select(string.Concat)
                    .ToArbitrary(),
                text => (Read(text).Errors.Count == 0) | (Read(text).Items.Count == 0)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static ReadResult<Question> Read(string yaml) => QuestionReader.Read([new SourceFile("q.yaml", yaml)], Compiled, Now);

    private static readonly Gateway.Policy.Compilation.Snapshot Compiled = World.Compile();
}
