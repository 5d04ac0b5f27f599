using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.OpenAi;

/// <summary>Adds the events of one response, each with its type and its number.</summary>
internal sealed class ResponseEvents(EventScript script)
{
    public void Add(string type, string members) => script.Add(type, Data(type, members));

    public void AddRepeated(string type, string members) => script.AddRepeated(type, Data(type, members));

    private string Data(string type, string members) => $$"""{"type":"{{type}}",{{members}},"sequence_number":{{script.Count}}}""";
}
