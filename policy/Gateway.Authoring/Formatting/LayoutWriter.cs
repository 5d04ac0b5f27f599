using System.Text;

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

    private readonly StringBuilder _out = new();

    /// <summary>Nothing was written since a level began, so that no empty line is wanted.</summary>
    private bool _fresh = true;

    public string Write()
    {
        for (var i = 0; i < documents.Count; i++)
        {
            if (i > 0)
            {
                OwnComments(documents[i].Line, 0);
                Line("---", documents[i].Root.Line == documents[i].Line ? 0 : documents[i].Line);
                _fresh = true;
            }
            else if (documents[i].Root.Line > documents[i].Line && comments.Behind.Remove(documents[i].Line, out var behind))
            {
                // The first document needs no mark: what stood behind it gets a line.
                Line(behind.Text, 0);
            }

            WriteRoot(documents[i].Root);
        }

        OwnComments(int.MaxValue, 0);
        if (comments.Own.Count + comments.Behind.Count > 0)
        {
            throw new LayoutException(comments.Own.Keys.Concat(comments.Behind.Keys).Min(), "it has a comment that would find no place");
        }

        return _out.ToString();
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

        BlankAndComments(root.Line, 0);
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
        _fresh = true;
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
                BlankAndComments(key.Line, indent);
                WriteField(key, value, indent, new string(' ', indent));
            }
        }

        // A comment at the end of a block, no further left than the block: it belongs to it, not to what follows.
        TrailingComments(node, indent);
    }

    private void WriteField(ScalarLayout key, LayoutNode value, int indent, string before)
    {
        if (IsBlock(value, indent + key.Text.Length + Step))
        {
            Line(before + key.Text + ":", !IsFlow(value) || value.EndLine == key.Line || FirstLine(value) > key.Line ? key.Line : 0);
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
            BlankAndComments(dash, indent);
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
        _fresh = false;
        for (var i = 0; i < map.Fields.Count; i++)
        {
            if (i > 0)
            {
                BlankAndComments(map.Fields[i].Key.Line, indent);
            }

            WriteField(map.Fields[i].Key, map.Fields[i].Value, indent, i == 0 ? lead : new string(' ', indent));
        }

        TrailingComments(map, indent);
    }

    private void WriteFirst(ListLayout list, int indent, string lead)
    {
        _fresh = false;
        for (var i = 0; i < list.Items.Count; i++)
        {
            WriteItem(list.Items[i], list.IsFlow ? list.Items[i].Line : list.Dashes[i], indent, i == 0 ? lead : "");
        }

        TrailingComments(list, indent);
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

        if (comments.Behind.Remove(dash, out var behind))
        {
            Line(new string(' ', indent) + behind.Text, 0);
        }

        OwnComments(line, indent);
    }

    /// <param name="head">What stands before the value: a field's name and its colon, or a dash.</param>
    private void WriteValue(string head, LayoutNode value, int indent, int line, int step)
    {
        switch (value)
        {
            case BlockLayout block:
                Line(Join(head, block.Header), block.Line);
                foreach (var text in block.Lines)
                {
                    _out.Append(text.Length == 0 ? "" : new string(' ', indent + step) + text).Append('\n');
                }

                break;
            case ScalarLayout { Text.Length: 0 }:
                Line(head, line);
                break;
            default:
                RefuseCommentsInside(value, line);
                Line(Join(head, FlowText.Write(value)), value.EndLine);
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

    /// <summary>A value that is written on one line has no place for what stood between its lines.</summary>
    private void RefuseCommentsInside(LayoutNode value, int line)
    {
        for (var i = line; i < value.EndLine; i++)
        {
            if (comments.Behind.ContainsKey(i) || comments.Own.ContainsKey(i + 1))
            {
                throw new LayoutException(i, "it has a comment inside a value of several lines");
            }
        }
    }

    private void BlankAndComments(int line, int indent)
    {
        OwnComments(line, indent);
        Blank(comments.Blank.Contains(line - 1));
    }

    /// <summary>The comments that stand before a line, with the empty lines among them.</summary>
    private void OwnComments(int before, int indent, int least = 0)
    {
        while (comments.Own.Count > 0 && comments.Own.First() is var (line, comment) && line < before && comment.Column > least)
        {
            comments.Own.Remove(line);
            Blank(comments.Blank.Contains(line - 1));
            Line(new string(' ', indent) + comment.Text, 0);
        }
    }

    private void TrailingComments(LayoutNode node, int indent)
    {
        if (node is ListLayout { IsFlow: false } or MapLayout { IsFlow: false })
        {
            // Only those that follow it at once: up to the next thing that is written.
            OwnComments(NextAfter(node.EndLine), indent, node.Column - 1);
        }
    }

    /// <summary>The line of the first thing behind a line that is neither comment nor empty.</summary>
    private int NextAfter(int line)
    {
        var next = line + 1;
        while (comments.Own.ContainsKey(next) || comments.Blank.Contains(next))
        {
            next++;
        }

        return next;
    }

    private void Blank(bool wanted)
    {
        if (wanted && !_fresh && !(_out.Length > 1 && _out[^1] == '\n' && _out[^2] == '\n'))
        {
            _out.Append('\n');
        }
    }

    /// <param name="commented">The line whose comment goes behind; 0 for none.</param>
    private void Line(string text, int commented)
    {
        _out.Append(text);
        if (commented > 0 && comments.Behind.Remove(commented, out var comment))
        {
            _out.Append(' ').Append(comment.Text);
        }

        _out.Append('\n');
        _fresh = false;
    }
}
