using Gateway.Connectors.Bodies;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.Intents;
using Gateway.Proxy.Obligations;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Proxy.Tests.Architecture;

/// <summary>What one stage alone may do.</summary>
public sealed class OwnershipTests
{
    private static readonly Ownership[] Rules =
    [
        Of<JournalLog>(
            nameof(JournalLog.AppendAsync),
            "only Evidence knows what a record must hold and how it must last.",
            "Gateway.Proxy.Evidence",
            "Gateway.Evidence"
        ),
        Of<BodyStore>(nameof(BodyStore.KeepAsync), "only Evidence knows in which form a body may be kept.", "Gateway.Proxy.Evidence"),
        Of<HttpRequest>(
            "get_Body",
            "bytes read twice could differ from those that were judged.",
            "Gateway.Proxy.Intents",
            "Gateway.Proxy.Forwarding.GrantedForward",
            // A service that decides only: nothing that it reads is sent anywhere.
            "Gateway.Cli.Serving.EvaluationBody",
            // A process of its own, behind the path: what arrives there was judged.
            "Gateway.Cli.Bridging.BridgeRequest"
        ),
        Of<HttpRequest>(
            "set_Body",
            "what is sent must be what was judged.",
            "Gateway.Proxy.Forwarding.ForwardingStage",
            // A request of its own, which is judged from its body on.
            "Gateway.Proxy.Pipeline.RequestsInCourse"
        ),
        Of<RequestBody>(
            nameof(RequestBody.ReadAsync),
            "bytes read twice could differ from those that were judged.",
            "Gateway.Proxy.Intents"
        ),
        Of<RequestBody>(
            nameof(RequestBody.Replace),
            "a body changed after its obligations were met isn't the judged one.",
            "Gateway.Proxy.Obligations"
        ),
        Of<ISharedState>(nameof(ISharedState.AdmitAsync), "a request is admitted once.", "Gateway.Proxy.Admission"),
        // What explains and compares decisions asks again, away from the path.
        new(
            "Gateway.Policy.Evaluation.Evaluator",
            "Evaluate",
            "there is one decision a request.",
            "Gateway.Proxy.Decisions",
            "Gateway.Authoring.Changes",
            "Gateway.Authoring.Comparison",
            "Gateway.Authoring.Gaps",
            "Gateway.Authoring.Simulation",
            "Gateway.Authoring.Cases",
            "Gateway.Gait.Governing",
            "Gateway.Evidence.Snapshots.Rederivation"
        ),
        Of<DecisionTokens>(nameof(DecisionTokens.Mint), "a token is only for what has met its obligations.", "Gateway.Proxy.Obligations"),
        Of<DecisionTokens>(nameof(DecisionTokens.Verify), "the tripwire is where a token opens something.", "Gateway.Proxy.Credentials"),
        Of<Grant>(nameof(Grant.Issue), "only an allow whose obligations are met may go out.", "Gateway.Proxy.Obligations"),
        Of<CredentialSources>(nameof(CredentialSources.Find), "only a grant opens the vault.", "Gateway.Proxy.Credentials"),
        Of<ICredentialSource>(nameof(ICredentialSource.FetchAsync), "only a grant opens the vault.", "Gateway.Proxy.Credentials"),
        // The vault seals what it is given; the commands show a new secret once; what tells people signs by it, or goes to it.
        Of<Secret>(
            nameof(Secret.Reveal),
            "a secret goes into the outgoing request and nowhere else.",
            "Gateway.Proxy.Credentials",
            "Gateway.Connectors.Vaults.VaultSecrets",
            // Shown to its operator once, or put into the cookie of their session.
            "Gateway.Administration.Operations.TokenOperations",
            "Gateway.Administration.SignIn.SignInDesk",
            // Sent to the listener that it is of, kept in its operator's own file, or a line of the standard input that holds several.
            "Gateway.Cli.Remote",
            "Gateway.Cli.Arguments.Questions",
            "Gateway.Cli.Commands.Agents.CredentialView",
            "Gateway.Cli.Commands.Operators.OperatorSetupCommand",
            "Gateway.Cli.Commands.Running.InitCommand",
            "Gateway.Cli.Commands.Secrets.KeysInitCommand",
            "Gateway.Proxy.Notices.WebPost",
            "Gateway.Proxy.Notices.WebhookForm",
            "Gateway.Proxy.Notices.MailPost"
        ),
        Of<IHttpForwarder>(nameof(IHttpForwarder.SendAsync), "there is one way out.", "Gateway.Proxy.Forwarding"),
    ];

    private static readonly IReadOnlyList<Use> Shipped = [.. Product.Parts.SelectMany(part => part.Uses)];

    [Fact]
    public void Members_OfOneStage_AreCalledByItAlone() => Offences.AssertNone(Rules.SelectMany(rule => rule.Offences(Shipped)));

    /// <summary>The other ways to a body. Nobody may take one, so there is no caller to name.</summary>
    [Fact]
    public void Body_IsReadInNoOtherWay() =>
        Offences.AssertNone(
            from use in Shipped
            where
                use.Named
                    is "Microsoft.AspNetCore.Http.HttpRequest.get_BodyReader"
                        or "Microsoft.AspNetCore.Http.HttpRequest.get_Form"
                        or "Microsoft.AspNetCore.Http.HttpRequest.ReadFormAsync"
                        or "Microsoft.AspNetCore.Http.Features.IHttpRequestFeature.get_Body"
                || Use.IsUnder(use.Type, "Microsoft.AspNetCore.Http.HttpRequestRewindExtensions")
                || Use.IsUnder(use.Type, "Microsoft.AspNetCore.Http.HttpRequestJsonExtensions")
            select $"{use.Place} calls {use.Named}: only Intents reads the body, as one stream and once."
        );

    [Fact]
    public void Rule_WithoutTheRightCaller_FindsEachCall() =>
        Assert.All(Rules, rule => Assert.NotEmpty((rule with { By = ["Gateway.Nobody"] }).Offences(Shipped)));

    [Fact]
    public void Rule_OfANameThatIsGone_SaysSo() =>
        Assert.Contains(
            "Change the rule",
            Assert.Single(new Ownership("Gateway.Gone", "Call", "", "Gateway.Nobody").Offences(Shipped)),
            StringComparison.OrdinalIgnoreCase
        );

    private static Ownership Of<T>(string member, string why, params string[] by) => new(typeof(T).FullName!, member, why, by);
}
