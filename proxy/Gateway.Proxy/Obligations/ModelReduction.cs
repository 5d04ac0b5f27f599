using System.Text;
using Gateway.Connectors.Json;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Obligations;

/// <summary>What is reduced of a model call, and what the house adds to each.</summary>
internal static class ModelReduction
{
    private const string NoModel = "it is no model call.";
    private const string IsBatch = "it is a batch, whose requests can't be changed one by one. Send them by themselves.";

    public static string? StripTools(ReducedAction action, Policy.Model.Obligations owed)
    {
        if (action.Asked.Offer is null || action.Reading.Batch is not null)
        {
            return action.Reading.Batch is null ? NoModel : IsBatch;
        }

        var strip = owed.StripTools!;
        if (!ToolStripper.TryStrip(action.Content, strip, action.Asked.Connector.Type, out var stripped))
        {
            return "tools stand where they can't be taken out.";
        }

        return Put(action, stripped)
            ?? (action.Intent.HostedTools.Any(tool => strip.Strips(tool.ToString())) ? "tools stand where they can't be taken out." : null);
    }

    public static string? Downgrade(ReducedAction action, Policy.Model.Obligations owed)
    {
        if (action.Asked.Offer is not { } offer || action.Reading.Batch is not null)
        {
            return action.Reading.Batch is null ? NoModel : IsBatch;
        }

        if (owed.ModelDowngrade.Count != 1)
        {
            return "two models are demanded.";
        }

        var model = owed.ModelDowngrade[0];
        if (
            !action.Asked.Tenant.TryFindModel(action.Asked.Connector.Type, model, out var connector, out var lesser)
            || connector!.Id != action.Asked.Connector.Id
        )
        {
            return "the connector doesn't offer the model.";
        }

        if (model == action.Intent.Model)
        {
            return null;
        }

        action.Intent = action.Intent with { Model = model };
        return Put(action, JsonSplice.Set(action.Content.Span, "model"u8, Encoding.UTF8.GetBytes($"\"{model}\"")))
            // No more than was reserved.
            ?? (action.Reading.MaxTokens is null && lesser!.MaxTokens > offer.MaxTokens ? CapEach(action, offer.MaxTokens) : null);
    }

    /// <summary>Of the whole call: where it asks for several answers, each gets its share.</summary>
    public static string? Cap(ReducedAction action, int most)
    {
        if (action.Asked.Offer is null || action.Reading.Batch is not null)
        {
            return action.Reading.Batch is null ? NoModel : IsBatch; // Nothing else has tokens to cap.
        }

        if (action.Reading.MaxTokensField.Length == 0)
        {
            return null;
        }

        var each = most / action.Reading.Choices;
        return each > 0 ? CapEach(action, each) : $"{action.Reading.Choices} answers are asked for, and {most} tokens may come.";
    }

    private static string? CapEach(ReducedAction action, int most)
    {
        var reading = action.Reading;
        if (reading.ThinkingTokens >= most)
        {
            return $"{reading.ThinkingTokens} tokens of thought are asked for, and {most} may come of all.";
        }

        if (reading.MaxTokens is null || reading.MaxTokens > most)
        {
            action.Content = JsonSplice.Set(
                action.Content.Span,
                Encoding.ASCII.GetBytes(reading.MaxTokensField),
                Encoding.ASCII.GetBytes($"{most}")
            );
            action.Reading = reading with { MaxTokens = most };
        }

        return null;
    }

    /// <summary>What nobody has judged must not go out. First of all, so that nothing else has to know of it.</summary>
    public static void DropUnknown(ReducedAction action)
    {
        var unknown = action.Reading.Unknown;
        if (unknown.Count == 0)
        {
            return;
        }

        for (var i = 0; i < unknown.Count; i++)
        {
            action.Content = JsonSplice.Remove(action.Content.Span, Encoding.UTF8.GetBytes(unknown[i]));
        }

        action.Reading = action.Reading with { Unknown = [] };
        action.Met.Add("unknown_dropped");
    }

    /// <summary>Where the connector's document says that the provider keeps nothing.</summary>
    public static void KeepNothing(ReducedAction action)
    {
        if (action.Reading.Stores && action.Asked.Connector.ProviderState != ProviderState.Owned)
        {
            action.Content = JsonSplice.Set(action.Content.Span, "store"u8, "false"u8);
            action.Met.Add("store_off");
        }
    }

    /// <summary>The provider knows its ids by other names than the agent does.</summary>
    public static void OpenIds(ReducedAction action)
    {
        if (action.Asked.Opened.Count > 0 && !action.Content.IsEmpty)
        {
            action.Content = SealedText.Open(action.Content.Span, action.Asked.Opened);
            action.Met.Add("ids_opened");
        }
    }

    /// <summary>Budgets are settled on what the provider counts, and in a stream it only says so when asked.</summary>
    public static void AskForUsage(ReducedAction action)
    {
        if (action.Reading.StreamUsageMustBeSet)
        {
            action.Content = JsonSplice.Set(action.Content.Span, "stream_options"u8, "include_usage"u8, "true"u8);
            action.Met.Add("stream_usage");
        }
    }

    /// <summary>Takes a changed body on if it still reads as a call of the same model; null where it does.</summary>
    public static string? Put(ReducedAction action, ReadOnlyMemory<byte> body)
    {
        if (body.Equals(action.Content))
        {
            return null;
        }

        if (
            action.Asked.Envelope.Call is not ActionCall { Bodies: { } dialect }
            || !dialect.TryRead(body.Span, out var reading, out _)
            || reading.Model != action.Intent.Model
            || reading.Stream != action.Reading.Stream
        )
        {
            return "nothing that can be sent is left.";
        }

        action.Content = body;
        action.Reading = reading;
        action.IsAnother = true;
        if (reading.HostedTools.Count > 0 || action.Intent.HostedTools.Count > 0)
        {
            action.Intent = action.Intent with { HostedTools = [.. reading.HostedTools.Select(Id<Operation>.Parse)] };
        }

        return null;
    }
}
