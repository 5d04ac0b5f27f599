using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Intents;

/// <summary>
/// The only reader of the body: turns a request into the intent that the rest of the path is about. Doesn't consult policy, call the
/// network, repair or guess.
/// </summary>
public sealed class IntentStage(ModelIntents models, ToolIntents tools)
{
    public ValueTask<Result<ParsedRequest>> ReadAsync(RequestEnvelope envelope, VerifiedAgent agent)
    {
        if (envelope.Snapshot.Find(agent.Tenant) is not { } tenant)
        {
            return new(ReasonCode.AgentUnregistered);
        }

        return envelope.Call.Door switch
        {
            Door.OpenAi or Door.Anthropic => models.ReadAsync(envelope, agent, tenant),
            Door.Tool => tools.ReadAsync(envelope, agent, tenant),
            Door.None => new(ReasonCode.UnknownDoor),
        };
    }
}
