using Gateway.Connectors.Contracts;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Doors.Models;

/// <summary>What a model call asks for beyond an answer, held against what its connector's document lists.</summary>
internal static class ModelPowers
{
    /// <summary>Null where all of it is listed.</summary>
    public static Refusal? Refuse(BodyReading reading, Connector connector)
    {
        if (reading.Unknown.Count > 0 && connector.Unknown != UnknownMembers.Drop)
        {
            return new Refusal(
                ReasonCode.UnknownField,
                $"The connector refuses fields that the operation doesn't know: {UnknownFields.Told(reading.Unknown)}."
            );
        }

        if (reading.References.Count > 0 && connector.ProviderState != ProviderState.Owned)
        {
            return new Refusal(
                ReasonCode.UnsupportedFeature,
                $"The provider keeps nothing for callers of connector '{connector.Id}' (its document says providerState: none), so send "
                    + "the whole conversation."
            );
        }

        for (var i = 0; i < reading.HostedTools.Count; i++)
        {
            var tool = reading.HostedTools[i];
            if (!connector.HostedTools.Contains(tool))
            {
                return new Refusal(
                    ReasonCode.UnsupportedFeature,
                    $"The provider's tool '{tool}' is not allowed here: switch it off in the client, or list it in the document of "
                        + $"connector '{connector.Id}' under spec.hostedTools."
                );
            }
        }

        return null;
    }
}
