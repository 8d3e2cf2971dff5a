import { mount } from '../shared/app-frame.tsx';
import { Workbench } from './workbench.tsx';
import './parts/base.css';

mount(<Workbench />);
