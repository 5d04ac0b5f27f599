namespace Gateway.Authoring.Simulation;

/// <summary>Counts actions and keeps the first few. Not thread-safe.</summary>
internal sealed class Examples(int most)
{
    private readonly List<SimulatedAction> _first = [];

    public long Count { get; private set; }

    public IReadOnlyList<SimulatedAction> First => _first;

    public void Add(SimulatedAction action)
    {
        Count++;
        if (_first.Count < most)
        {
            _first.Add(action with { Intent = action.Intent with { Arguments = default } });
        }
    }
}
