using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Bodies;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Audit;

/// <summary>
/// <c>gateway bodies show</c>: opens one kept body. For people its bytes and nothing else, so that they can go into a file.
/// </summary>
internal sealed class BodiesShowCommand : LeafCommand
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Option<string> _decision = new("--decision")
    {
        Description = "The decision's id, as a receipt and the answer's head have it.",
        HelpName = "id",
        Required = true,
    };
    private readonly Option<bool> _request = new("--request") { Description = "The request's body. So without either." };
    private readonly Option<bool> _response = new("--response") { Description = "The answer's body." };
    private readonly Option<string> _bodies = new("--bodies")
    {
        Description = "The folder of kept bodies; the instance's own unless it is given.",
        HelpName = "folder",
    };
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Of<Tenant>(
        "--tenant",
        "The tenant's name; all are looked through unless it is given."
    );

    public BodiesShowCommand(CommandConfiguration configuration)
        : base(configuration, "show", "Open one kept body.", "gateway bodies show --decision 4f5312a4ffa80c21c80e711a847bf75c --response")
    {
        Add(_decision);
        Add(_request);
        Add(_response);
        Add(_bodies);
        Add(_tenant);
        Validators.Add(result =>
        {
            if (result.GetValue(_request) && result.GetValue(_response))
            {
                result.AddError("--request and --response don't go together: each is a body of its own.");
            }
        });
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var decision = parsed.GetRequiredValue(_decision);
        if (!BodyName.IsDecision(decision))
        {
            throw new InvalidInputException(
                $"'{decision}' is not a decision's id.",
                "It is in the head Gateway-Decision-Id of the answer, and in the journal."
            );
        }

        var folder = parsed.GetValue(_bodies);
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new InvalidInputException(
                $"There is no folder '{folder}'.",
                "Name the folder of kept bodies: it holds a folder for each tenant."
            );
        }

        var instance = LocalInstance.Open(Configuration);
        var keys = instance.LoadKeys();
        var store = instance.OpenBodies(keys, folder);
        var direction = parsed.GetValue(_response) ? BodyDirection.Response : BodyDirection.Request;
        var named = parsed.GetValue(_tenant);
        var entitlements = TenantEntitlements.Of(instance);
        foreach (var tenant in named.IsEmpty ? store.Tenants() : [named])
        {
            if (!named.IsEmpty || store.Holds(tenant, decision, direction))
            {
                entitlements.Demand(tenant, Entitlement.Bodies, $"the {Word(direction)} of decision {decision}");
            }

            if (store.Find(tenant, decision, direction) is { } body)
            {
                return await ShowAsync(
                    new BodyName(tenant, default, decision, direction),
                    body,
                    parsed.GetValue(Json),
                    cancellationToken
                ) with
                {
                    Warnings = keys.Warnings,
                };
            }
        }

        return CommandResult.Refused(
            ExitCode.Failed,
            $"No {Word(direction)} of decision {decision} is kept here.",
            "The member 'kept' of its record in the journal says whether it was, and until when."
        ) with
        {
            Warnings = keys.Warnings,
        };
    }

    private static string Word(BodyDirection direction) => direction == BodyDirection.Response ? "answer" : "request";

    private static async Task<CommandResult> ShowAsync(
        BodyName name,
        ReadOnlyMemory<byte> body,
        bool json,
        CancellationToken cancellationToken
    )
    {
        if (!json)
        {
            await using var output = StandardOutput.Open();
            await output.WriteAsync(body, cancellationToken);
        }

        var (member, text) = Text(body.Span);
        return CommandResult.Ok(
            new JsonObject
            {
                ["tenant"] = name.Tenant.ToString(),
                ["decision_id"] = name.Decision,
                ["direction"] = name.Direction == BodyDirection.Response ? "response" : "request",
                ["length"] = body.Length,
                ["digest"] = Sha256Digest.Compute(body.Span).ToString(),
                [member] = text,
            }
        );
    }

    /// <summary>As text where it is some, and otherwise in base64 under another name.</summary>
    private static (string Member, string Text) Text(ReadOnlySpan<byte> body)
    {
        try
        {
            return ("body", Strict.GetString(body));
        }
        catch (DecoderFallbackException)
        {
            return ("body_base64", Convert.ToBase64String(body));
        }
    }
}
