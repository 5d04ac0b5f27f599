namespace Gateway.Authoring.Formatting;

/// <summary>
/// Writes what was read in the one layout, each comment where it stood: above what it stood above, or behind what it stood behind. Used
/// once.
/// </summary>
internal sealed class LayoutWriter(IReadOnlyList<DocumentLayout> documents, Comments comments)
{
    /// <value>Characters: what is longer in brackets is written below one another.</value>
    private const int Width = 120;

    private const int Step = 2;

    private readonly LayoutOutput _out = new(comments);

    public string Write()
    {
        for (var i = 0; i < documents.Count; i++)
        {
            if (i > 0)
            {
                _out.WriteOwnComments(documents[i].Line, 0);
                _out.WriteLine("---", documents[i].Root.Line == documents[i].Line ? 0 : documents[i].Line);
                _out.BeginLevel();
            }
            else if (documents[i].Root.Line > documents[i].Line && _out.TryTakeBehind(documents[i].Line, out var behind))
            {
                // The first document needs no mark: what stood behind it gets a line.
                _out.WriteLine(behind.Text, 0);
            }

            WriteRoot(documents[i].Root);
        }

        _out.WriteOwnComments(int.MaxValue, 0);
        return _out.End();
    }

    private void WriteRoot(LayoutNode root)
    {
        if (root is ScalarLayout { Text.Length: 0 })
        {
            return;
        }

        if (IsBlock(root, 0))
        {
            WriteBlock(root, 0);
            return;
        }

        _out.WriteBlankAndComments(root.Line, 0);
        WriteValue("", root, 0, root.Line, 0);
    }

    /// <summary>Whether it is written below one another: it was, or is too long for one line.</summary>
    private static bool IsBlock(LayoutNode node, int used) =>
        node switch
        {
            ListLayout { Items.Count: 0 } or MapLayout { Fields.Count: 0 } => false,
            ListLayout { IsFlow: false } or MapLayout { IsFlow: false } => true,
            ListLayout or MapLayout => used + FlowText.Write(node).Length > Width,
            _ => false,
        };

    private void WriteBlock(LayoutNode node, int indent)
    {
        _out.BeginLevel();
        if (node is ListLayout list)
        {
            for (var i = 0; i < list.Items.Count; i++)
            {
                WriteItem(list.Items[i], list.IsFlow ? list.Items[i].Line : list.Dashes[i], indent, "");
            }
        }
        else
        {
            foreach (var (key, value) in ((MapLayout)node).Fields)
            {
                _out.WriteBlankAndComments(key.Line, indent);
                WriteField(key, value, indent, new string(' ', indent));
            }
        }

        // A comment at the end of a block, no further left than the block: it belongs to it, not to what follows.
        _out.WriteTrailingComments(node, indent);
    }

    private void WriteField(ScalarLayout key, LayoutNode value, int indent, string before)
    {
        if (IsBlock(value, indent + key.Text.Length + Step))
        {
            _out.WriteLine(
                before + key.Text + ":",
                !IsFlow(value) || value.EndLine == key.Line || FirstLine(value) > key.Line ? key.Line : 0
            );
            WriteBlock(value, indent + Step);
        }
        else
        {
            WriteValue(before + key.Text + ":", value, indent, key.Line, Step);
        }
    }

    /// <param name="before">What already stands on the line: the dashes of the lists that this one is the first item of.</param>
    private void WriteItem(LayoutNode item, int dash, int indent, string before)
    {
        if (before.Length == 0)
        {
            _out.WriteBlankAndComments(dash, indent);
        }

        var lead = before.Length == 0 ? new string(' ', indent) + "- " : before + "- ";
        switch (item)
        {
            case MapLayout map when IsBlock(map, indent + Step):
                MoveUp(dash, map.Line, indent, before);
                WriteFirst(map, indent + Step, lead);
                break;
            case ListLayout list when IsBlock(list, indent + Step):
                MoveUp(dash, list.Line, indent, before);
                WriteFirst(list, indent + Step, lead);
                break;
            default:
                WriteValue(lead.TrimEnd(' '), item, indent, dash, Step);
                break;
        }
    }

    private void WriteFirst(MapLayout map, int indent, string lead)
    {
        _out.ContinueLine();
        for (var i = 0; i < map.Fields.Count; i++)
        {
            if (i > 0)
            {
                _out.WriteBlankAndComments(map.Fields[i].Key.Line, indent);
            }

            WriteField(map.Fields[i].Key, map.Fields[i].Value, indent, i == 0 ? lead : new string(' ', indent));
        }

        _out.WriteTrailingComments(map, indent);
    }

    private void WriteFirst(ListLayout list, int indent, string lead)
    {
        _out.ContinueLine();
        for (var i = 0; i < list.Items.Count; i++)
        {
            WriteItem(list.Items[i], list.IsFlow ? list.Items[i].Line : list.Dashes[i], indent, i == 0 ? lead : "");
        }

        _out.WriteTrailingComments(list, indent);
    }

    /// <summary>A dash that stood on a line above its item: what stood between is written above both.</summary>
    private void MoveUp(int dash, int line, int indent, string before)
    {
        if (dash == line)
        {
            return;
        }

        if (before.Length > 0)
        {
            throw new LayoutException(dash, "it has a comment between a dash and its item, or the two on lines of their own");
        }

        if (_out.TryTakeBehind(dash, out var behind))
        {
            _out.WriteLine(new string(' ', indent) + behind.Text, 0);
        }

        _out.WriteOwnComments(line, indent);
    }

    /// <param name="head">What stands before the value: a field's name and its colon, or a dash.</param>
    private void WriteValue(string head, LayoutNode value, int indent, int line, int step)
    {
        switch (value)
        {
            case BlockLayout block:
                _out.WriteLine(Join(head, block.Header), block.Line);
                foreach (var text in block.Lines)
                {
                    _out.WriteRaw(text.Length == 0 ? "" : new string(' ', indent + step) + text);
                }

                break;
            case ScalarLayout { Text.Length: 0 }:
                _out.WriteLine(head, line);
                break;
            default:
                _out.RefuseCommentsInside(line, value.EndLine);
                _out.WriteLine(Join(head, FlowText.Write(value)), value.EndLine);
                break;
        }
    }

    private static string Join(string head, string text) => head.Length == 0 || head.EndsWith(' ') ? head + text : head + " " + text;

    private static bool IsFlow(LayoutNode node) => node is ListLayout { IsFlow: true } or MapLayout { IsFlow: true };

    /// <summary>The line of the first thing in brackets.</summary>
    private static int FirstLine(LayoutNode node) =>
        node switch
        {
            ListLayout list => list.Items[0].Line,
            MapLayout map => map.Fields[0].Key.Line,
            _ => node.Line,
        };
}
