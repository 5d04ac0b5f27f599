using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

public sealed class KillSetTests
{
    private static readonly Intent Action = new()
    {
        Tenant = Id<Tenant>.Parse("acme"),
        Workspace = Id<Workspace>.Parse("main"),
        Agent = Id<Agent>.Parse("assistant"),
        Strength = AuthStrength.Signed,
        Door = Door.OpenAi,
        Connector = Id<Connector>.Parse("openai"),
        Operation = Id<Operation>.Parse("chat"),
        HostedTools = [Id<Operation>.Parse("web_search"), Id<Operation>.Parse("code")],
        Target = default,
    };

    [Theory]
    [InlineData(KillScope.Agent, "assistant", true)]
    [InlineData(KillScope.Agent, "other", false)]
    [InlineData(KillScope.Connector, "openai", true)]
    [InlineData(KillScope.Connector, "crm", false)]
    [InlineData(KillScope.Operation, "openai/chat", true)]
    [InlineData(KillScope.Operation, "openai/embeddings", false)]
    [InlineData(KillScope.Operation, "crm/chat", false)]
    [InlineData(KillScope.Operation, "openai/code", true)] // The provider would run it in the call.
    [InlineData(KillScope.Tenant, "", true)]
    [InlineData(KillScope.Everything, "", true)]
    public void Action_IsStoppedByWhatItIs(KillScope scope, string target, bool stopped)
    {
        var kills = KillSet.Of([
            new Kill
            {
                Id = "k",
                Scope = scope,
                Target = target,
            },
        ]);

        Assert.Equal(stopped, kills.Find(Action) is not null);
        Assert.Same(kills.Find(Action), kills.AtOnce.Find(Action));
    }

    [Theory]
    [InlineData(KillScope.Unknown, "")]
    [InlineData(KillScope.Unknown, "anything")]
    [InlineData((KillScope)77, "anything")]
    [InlineData(KillScope.Agent, "No Name")]
    [InlineData(KillScope.Connector, "")]
    [InlineData(KillScope.Operation, "crm")]
    [InlineData(KillScope.Operation, "/chat")]
    [InlineData(KillScope.Operation, "crm/")]
    [InlineData(KillScope.Operation, "crm/a/b")]
    public void WhatCanNotBeRead_StopsAllOfTheTenant(KillScope scope, string target)
    {
        var kills = KillSet.Of([
            new Kill
            {
                Id = "k",
                Scope = scope,
                Target = target,
            },
        ]);

        Assert.NotNull(kills.Find(Action));
        Assert.NotNull(kills.Find(Id<Agent>.Parse("anybody")));
        Assert.Contains("k", kills.Find(Action)!.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAKill_NothingIsStopped()
    {
        Assert.Null(KillSet.Empty.Find(Action));
        Assert.Null(KillSet.Of([]).Find(Id<Agent>.Parse("assistant")));
        Assert.Null(KillSet.Empty.Everything);
    }

    [Fact]
    public void GracefulKill_StopsWhatBegins_AndNotWhatRuns_UnlessAnotherDoes()
    {
        var graceful = new Kill
        {
            Id = "a",
            Scope = KillScope.Agent,
            Target = "assistant",
            IsGraceful = true,
        };
        var atOnce = new Kill
        {
            Id = "b",
            Scope = KillScope.Connector,
            Target = "openai",
        };

        Assert.Same(graceful, KillSet.Of([graceful]).Find(Action));
        Assert.Null(KillSet.Of([graceful]).AtOnce.Find(Action));
        Assert.Same(atOnce, KillSet.Of([graceful, atOnce]).AtOnce.Find(Action));
    }

    [Fact]
    public void OfTwoThatStopTheSame_TheOneAtOnceCounts()
    {
        var graceful = new Kill
        {
            Id = "a",
            Scope = KillScope.Tenant,
            IsGraceful = true,
        };
        var atOnce = new Kill { Id = "b", Scope = KillScope.Everything };

        Assert.Same(atOnce, KillSet.Of([graceful, atOnce]).Find(Action));
        Assert.Same(atOnce, KillSet.Of([graceful, atOnce]).Everything);
    }

    [Fact]
    public void Lookup_AllocatesNothing()
    {
        var kills = KillSet.Of([
            new Kill
            {
                Id = "k",
                Scope = KillScope.Operation,
                Target = "crm/export",
            },
        ]);
        kills.Find(Action);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            kills.Find(Action);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
